using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Library.Contracts;
using Library.Contracts.Serialization;
using Library.Worker.Infrastructure.Model;
using Npgsql;

namespace Library.Worker.Infrastructure.Storage;

/// <summary>What was loaded: the snapshot to decide over, and which of the operations are done.</summary>
internal sealed record LoadedCatalog(Snapshot Snapshot, IReadOnlySet<Guid> Done)
{
    /// <summary>The results of <see cref="CatalogLoadSql"/>, in its order; the reader stands at the first.</summary>
    public static async Task<LoadedCatalog> ReadAsync(NpgsqlDataReader reader, CatalogLoad load, CancellationToken cancellation)
    {
        await reader.ReadAsync(cancellation);
        var now = reader.GetFieldValue<DateTimeOffset>(0);
        var lastPosition = reader.GetInt64(1);
        var positions = reader.GetFieldValue<long[]>(2);
        var (done, authors) = (new HashSet<Guid>(), new HashSet<Guid>());
        var entries = new Dictionary<Guid, Entry>();
        if (load.Operations.Length > 0) await ReadIdsAsync(reader, done, cancellation);
        if (load.Resources.Length > 0)
        {
            await ReadAuthorsAsync(reader, entries, cancellation);
            await ReadBooksAsync(reader, entries, cancellation);
        }

        if (load.Authors.Length > 0) await ReadIdsAsync(reader, authors, cancellation);
        if (load.LastStates.Length > 0)
        {
            await ReadIdsAsync(reader, authors, cancellation);
            await ReadLastStatesAsync(reader, entries, cancellation);
        }

        return new LoadedCatalog(new Snapshot(now, lastPosition, positions, entries, authors), done);
    }

    private static async Task ReadIdsAsync(NpgsqlDataReader reader, HashSet<Guid> ids, CancellationToken cancellation)
    {
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) ids.Add(reader.GetGuid(0));
    }

    private static async Task ReadAuthorsAsync(NpgsqlDataReader reader, Dictionary<Guid, Entry> entries, CancellationToken cancellation)
    {
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var id = reader.GetGuid(0);
            entries[id] = new AuthorEntry(reader.GetInt32(1), State(reader, 2, LibraryJsonContext.Default.AuthorState));
        }
    }

    private static async Task ReadBooksAsync(NpgsqlDataReader reader, Dictionary<Guid, Entry> entries, CancellationToken cancellation)
    {
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var id = reader.GetGuid(0);
            if (reader.GetString(5) == ImportEntry.Name)
            {
                entries[id] = new ImportEntry(reader.GetInt32(1));
                continue;
            }

            var state = State(reader, 2, LibraryJsonContext.Default.BookState);
            entries[id] = new BookEntry(reader.GetInt32(1), state, state is null ? [] : LinkedSince(reader, state));
        }
    }

    private static async Task ReadLastStatesAsync(NpgsqlDataReader reader, Dictionary<Guid, Entry> entries, CancellationToken cancellation)
    {
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var id = reader.GetGuid(0);
            using var data = JsonDocument.Parse(reader.GetString(1));
            entries[id] = entries[id] switch
            {
                AuthorEntry author => author with
                {
                    Deletion = new AuthorDeletion(reader.GetInt64(2), data.RootElement.GetProperty("author").Deserialize(LibraryJsonContext.Default.AuthorState)!),
                },
                BookEntry book => book with { LastState = data.RootElement.GetProperty("book").Deserialize(LibraryJsonContext.Default.BookState) },
                var other => throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{other.Resource} {id} can't be restored")),
            };
        }
    }

    private static TState? State<TState>(NpgsqlDataReader reader, int column, JsonTypeInfo<TState> type) where TState : class =>
        reader.IsDBNull(column) ? null : JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(column), type);

    /// <summary>In the order in which the book names its authors.</summary>
    private static long[] LinkedSince(NpgsqlDataReader reader, BookState book)
    {
        if (book.AuthorIds.Count == 0) return [];
        var (authors, since) = (reader.GetFieldValue<Guid[]>(3), reader.GetFieldValue<long[]>(4));
        return [.. book.AuthorIds.Select(author => since[Array.IndexOf(authors, author)])];
    }
}
