using System.Text.Json;
using Library.Contracts;
using Library.Hosting.Events;
using Library.Worker.Authors;
using Library.Worker.Books;
using Library.Worker.Writing;
using Npgsql;
using NpgsqlTypes;

namespace Library.Worker.Storage;

/// <summary>
/// Writes what is new in a large transaction by binary COPY, which costs Postgres less for each row than a statement over arrays does. It
/// leaves the very rows that <see cref="CatalogWriteSql"/> would, which writes the rest: what was there before.
/// </summary>
internal static class CatalogCopySql
{
    /// <summary>Below it the round trips of a COPY for each table cost more than they save.</summary>
    public const int Threshold = 200;

    private const string Tenant = "*DEFAULT*";

    /// <summary>Everything but the links of new books: they may name authors that are yet to be brought back.</summary>
    public static async Task WriteAsync(NpgsqlConnection connection, Catalog catalog, CancellationToken cancellation)
    {
        var touched = catalog.LastEvents.Where(last => catalog.IsNew(last.ResourceId)).ToArray();
        await CopyAsync(connection, "mt_streams (id, type, version, timestamp, created, tenant_id)", touched, async (copy, last) =>
        {
            await copy.WriteAsync(last.ResourceId, NpgsqlDbType.Uuid, cancellation);
            await copy.WriteAsync(catalog.Find(last.ResourceId)!.Resource, NpgsqlDbType.Varchar, cancellation);
            await copy.WriteAsync((long)last.Version, NpgsqlDbType.Bigint, cancellation);
            await copy.WriteAsync(catalog.Now, NpgsqlDbType.TimestampTz, cancellation);
            await copy.WriteAsync(catalog.Now, NpgsqlDbType.TimestampTz, cancellation);
            await copy.WriteAsync(Tenant, NpgsqlDbType.Varchar, cancellation);
        }, cancellation);
        await CopyAsync(connection, "mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, headers, is_archived)", catalog.Events, async (copy, e) =>
        {
            await copy.WriteAsync(e.Position, NpgsqlDbType.Bigint, cancellation);
            await copy.WriteAsync(e.EventId, NpgsqlDbType.Uuid, cancellation);
            await copy.WriteAsync(e.ResourceId, NpgsqlDbType.Uuid, cancellation);
            await copy.WriteAsync((long)e.Version, NpgsqlDbType.Bigint, cancellation);
            await copy.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(e.Data, e.Type.Clr, StorageJson.Options), NpgsqlDbType.Jsonb, cancellation);
            await copy.WriteAsync(e.Type.StoredName, NpgsqlDbType.Varchar, cancellation);
            await copy.WriteAsync(catalog.Now, NpgsqlDbType.TimestampTz, cancellation);
            await copy.WriteAsync(Tenant, NpgsqlDbType.Varchar, cancellation);
            await copy.WriteAsync(e.Type.DotNetName, NpgsqlDbType.Varchar, cancellation);
            await copy.WriteAsync(e.Provenance.ToHeaders().ToJson(), NpgsqlDbType.Jsonb, cancellation);
            await copy.WriteAsync(false, NpgsqlDbType.Boolean, cancellation);
        }, cancellation);
        await WriteAuthorsAsync(connection, catalog, [.. touched.Where(last => IsCopied(catalog, last.ResourceId) && catalog.Find(last.ResourceId) is AuthorEntry)], cancellation);
        await WriteBooksAsync(connection, catalog, [.. touched.Where(last => IsCopied(catalog, last.ResourceId) && catalog.Find(last.ResourceId) is BookEntry)], cancellation);
    }

    /// <summary>Whether its row is new. One that came and went in the same transaction leaves a mark at most, which is not for COPY.</summary>
    public static bool IsCopied(Catalog catalog, Guid id) => catalog.IsNew(id) && catalog.Find(id) is (AuthorEntry { State: not null } or BookEntry { State: not null });

    public static Task WriteLinksAsync(NpgsqlConnection connection, Catalog catalog, CancellationToken cancellation)
    {
        var books = catalog.LastEvents.Where(last => IsCopied(catalog, last.ResourceId)).Select(last => catalog.Find(last.ResourceId)).OfType<BookEntry>();
        return CopyAsync(connection, "book_authors (book_id, author_id, ordinal, since)", [.. CatalogWriteSql.LinksOf(books)], async (copy, link) =>
        {
            await copy.WriteAsync(link.Book, NpgsqlDbType.Uuid, cancellation);
            await copy.WriteAsync(link.Author, NpgsqlDbType.Uuid, cancellation);
            await copy.WriteAsync(link.Ordinal, NpgsqlDbType.Smallint, cancellation);
            await copy.WriteAsync(link.Since, NpgsqlDbType.Bigint, cancellation);
        }, cancellation);
    }

    private static async Task WriteAuthorsAsync(NpgsqlConnection connection, Catalog catalog, AppendedEvent[] created, CancellationToken cancellation)
    {
        await CopyAsync(connection, "authors (id, name, bio, birth_date, version, position)", created, async (copy, last) =>
        {
            var author = (AuthorEntry)catalog.Find(last.ResourceId)!;
            await copy.WriteAsync(last.ResourceId, NpgsqlDbType.Uuid, cancellation);
            await copy.WriteAsync(author.State!.Name, NpgsqlDbType.Text, cancellation);
            await WriteOptionalAsync(copy, author.State.Bio, author.State.BirthDate, cancellation);
            await copy.WriteAsync(author.Version, NpgsqlDbType.Integer, cancellation);
            await copy.WriteAsync(last.Position, NpgsqlDbType.Bigint, cancellation);
        }, cancellation);
        await WriteDocumentsAsync(connection, "mt_doc_author", typeof(Author), catalog,
            [.. created.Select(last => (AuthorEntry)catalog.Find(last.ResourceId)!).Select(author => CatalogWriteSql.Document(author.State!, author.Version))], cancellation);
    }

    private static async Task WriteBooksAsync(NpgsqlConnection connection, Catalog catalog, AppendedEvent[] created, CancellationToken cancellation)
    {
        await CopyAsync(connection, "books (id, title, description, publish_date, version, position)", created, async (copy, last) =>
        {
            var book = (BookEntry)catalog.Find(last.ResourceId)!;
            await copy.WriteAsync(last.ResourceId, NpgsqlDbType.Uuid, cancellation);
            await copy.WriteAsync(book.State!.Title, NpgsqlDbType.Text, cancellation);
            await WriteOptionalAsync(copy, book.State.Description, book.State.PublishDate, cancellation);
            await copy.WriteAsync(book.Version, NpgsqlDbType.Integer, cancellation);
            await copy.WriteAsync(last.Position, NpgsqlDbType.Bigint, cancellation);
        }, cancellation);
        await WriteDocumentsAsync(connection, "mt_doc_book", typeof(Book), catalog,
            [.. created.Select(last => (BookEntry)catalog.Find(last.ResourceId)!).Select(book => CatalogWriteSql.Document(book.State!, book.Version))], cancellation);
    }

    private static Task WriteDocumentsAsync(
        NpgsqlConnection connection, string table, Type type, Catalog catalog, IReadOnlyList<DocumentRow> rows, CancellationToken cancellation) =>
        CopyAsync(connection, $"{table} (id, data, mt_version, mt_last_modified, mt_dotnet_type)", rows, async (copy, row) =>
        {
            await copy.WriteAsync(row.Id, NpgsqlDbType.Uuid, cancellation);
            await copy.WriteAsync(row.Data, NpgsqlDbType.Jsonb, cancellation);
            await copy.WriteAsync(row.Version, NpgsqlDbType.Integer, cancellation);
            await copy.WriteAsync(catalog.Now, NpgsqlDbType.TimestampTz, cancellation);
            await copy.WriteAsync(type.FullName!, NpgsqlDbType.Varchar, cancellation);
        }, cancellation);

    private static async Task WriteOptionalAsync(NpgsqlBinaryImporter copy, string? text, DateOnly? day, CancellationToken cancellation)
    {
        if (text is null) await copy.WriteNullAsync(cancellation);
        else await copy.WriteAsync(text, NpgsqlDbType.Text, cancellation);
        if (day is null) await copy.WriteNullAsync(cancellation);
        else await copy.WriteAsync(day.Value, NpgsqlDbType.Date, cancellation);
    }

    private static async Task CopyAsync<TRow>(
        NpgsqlConnection connection, string target, IReadOnlyCollection<TRow> rows, Func<NpgsqlBinaryImporter, TRow, Task> write, CancellationToken cancellation)
    {
        if (rows.Count == 0) return;
        await using var copy = await connection.BeginBinaryImportAsync($"COPY {target} FROM STDIN (FORMAT BINARY)", cancellation);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancellation);
            await write(copy, row);
        }

        await copy.CompleteAsync(cancellation);
    }
}
