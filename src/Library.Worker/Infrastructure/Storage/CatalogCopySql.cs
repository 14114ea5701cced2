using System.Data;
using Library.Worker.Infrastructure.Model;
using Npgsql;

namespace Library.Worker.Infrastructure.Storage;

/// <summary>
/// Writes what is new in a large transaction by binary COPY, which costs Postgres less for each row than a statement over arrays does. It
/// leaves the very rows that <see cref="CatalogWriteSql"/> would, which writes the rest: what was there before.
/// </summary>
internal static class CatalogCopySql
{
    /// <summary>Below this number the round trips of one COPY per table cost more than they save.</summary>
    public const int Threshold = 200;

    /// <summary>Everything but the links of new books: they may name authors that are yet to be brought back.</summary>
    public static async Task WriteAsync(NpgsqlConnection connection, Catalog catalog, CancellationToken cancellation)
    {
        var tables = CatalogCopyRows.Of(catalog).GetEnumerator();
        // The next table's rows are made while Postgres takes in those of the one before.
        for (var next = NextAsync(); await next is { } rows;)
        {
            next = NextAsync();
            await CopyAsync(connection, rows, cancellation);
        }

        Task<CopyRows?> NextAsync() => Task.Run(() => tables.MoveNext() ? tables.Current : null, CancellationToken.None);
    }

    public static Task WriteLinksAsync(NpgsqlConnection connection, Catalog catalog, CancellationToken cancellation) =>
        CopyAsync(connection, CatalogCopyRows.LinksOf(catalog), cancellation);

    /// <summary>Writes rows, and disposes of them.</summary>
    public static async Task CopyAsync(NpgsqlConnection connection, CopyRows rows, CancellationToken cancellation)
    {
        using var _ = rows;
        if (rows.IsEmpty) return;
        var copy = await connection.BeginRawBinaryCopyAsync(rows.Sql, cancellation);
        try
        {
            await copy.WriteAsync(rows.Complete(), cancellation);
        }
        catch when (connection.FullState.HasFlag(ConnectionState.Open))
        {
            // Otherwise Postgres would take the end of the stream for the end of the rows.
            await copy.CancelAsync();
            throw;
        }

        await copy.DisposeAsync();
    }
}
