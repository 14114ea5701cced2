using System.Text.Json;
using Library.Contracts;
using Library.Contracts.Events;
using Library.Hosting.Events;
using Library.Hosting.Search;
using Library.Worker.Infrastructure.Model;
using Library.Worker.Infrastructure.Storage;
using Library.Worker.Infrastructure.Storage.Documents;
using Npgsql;
using NpgsqlTypes;

namespace Library.Generator;

/// <summary>Copies resources, each with the one event that created it, into all tables that the writer writes.</summary>
internal sealed class CatalogCopy(NpgsqlConnection connection)
{
    /// <param name="first">Place of the first one in the catalog; its event's position is one more.</param>
    public async Task AuthorsAsync(IReadOnlyList<AuthorState> authors, int first)
    {
        await EventsAsync(authors, first, "author", author => author.Id, author => new AuthorCreated { Author = author });
        await CopyAsync("mt_doc_author (id, data, mt_version, mt_last_modified, mt_dotnet_type)", authors, (row, author, i) =>
            Document(row, author.Id, new Author { Id = author.Id, Version = 1, State = author }, first + i));
        var rows = new CopyRows("authors (id, state, heading, name_key, search, birth_earliest, birth_latest, terms, version, position)");
        var vector = new SearchVector();
        for (var i = 0; i < authors.Count; i++)
        {
            var author = authors[i];
            Row(rows, author.Id, author, author.Name, SearchText.Of(author, vector), DateColumns.Of(author.BirthDate), FilterTerms.Of(author), first + i);
        }

        await CatalogCopySql.CopyAsync(connection, rows, default);
    }

    /// <inheritdoc cref="AuthorsAsync"/>
    public async Task BooksAsync(IReadOnlyList<BookState> books, int first)
    {
        await EventsAsync(books, first, "book", book => book.Id, book => new BookCreated { Book = book });
        await CopyAsync("mt_doc_book (id, data, mt_version, mt_last_modified, mt_dotnet_type)", books, (row, book, i) =>
            Document(row, book.Id, new Book { Id = book.Id, Version = 1, State = book }, first + i));
        var rows = new CopyRows("books (id, state, heading, title_key, search, publish_earliest, publish_latest, terms, version, position)");
        var vector = new SearchVector();
        for (var i = 0; i < books.Count; i++)
        {
            var book = books[i];
            Row(rows, book.Id, book, book.Title, SearchText.Of(book, vector), DateColumns.Of(book.PublishDate), FilterTerms.Of(book), first + i);
        }

        await CatalogCopySql.CopyAsync(connection, rows, default);
        var links = CatalogWriteSql.LinksOf(books.Select((book, i) => new BookEntry(1, book, [.. book.AuthorIds.Select(_ => first + i + 1L)]))).ToList();
        await CopyAsync("book_authors (book_id, author_id, ordinal, roles, since)", links, (row, link, _) =>
        {
            row.Write(link.Book, NpgsqlDbType.Uuid);
            row.Write(link.Author, NpgsqlDbType.Uuid);
            row.Write(link.Ordinal, NpgsqlDbType.Smallint);
            if (link.Roles is null) row.WriteNull();
            else row.Write(link.Roles, NpgsqlDbType.Array | NpgsqlDbType.Text);
            row.Write(link.Since, NpgsqlDbType.Bigint);
        });
    }

    private async Task EventsAsync<T>(IReadOnlyList<T> states, int first, string resource, Func<T, Guid> idOf, Func<T, object> createdOf)
    {
        await CopyAsync("mt_streams (id, type, version, timestamp, created, tenant_id)", states, (row, state, i) =>
        {
            row.Write(idOf(state), NpgsqlDbType.Uuid);
            row.Write(resource, NpgsqlDbType.Varchar);
            row.Write(1L, NpgsqlDbType.Bigint);
            row.Write(CatalogMaker.TimeOf(first + i), NpgsqlDbType.TimestampTz);
            row.Write(CatalogMaker.TimeOf(first + i), NpgsqlDbType.TimestampTz);
            row.Write("*DEFAULT*", NpgsqlDbType.Varchar);
        });
        await CopyAsync("mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, headers, is_archived)", states, (row, state, i) =>
        {
            var created = createdOf(state);
            var type = EventType.Of(created);
            row.Write(first + i + 1L, NpgsqlDbType.Bigint);
            // An id of its own, as made-up as the rest: the stream's with its last bits turned.
            row.Write(EventId(idOf(state)), NpgsqlDbType.Uuid);
            row.Write(idOf(state), NpgsqlDbType.Uuid);
            row.Write(1L, NpgsqlDbType.Bigint);
            row.Write(JsonSerializer.SerializeToUtf8Bytes(created, type.Clr, StorageJson.Options), NpgsqlDbType.Jsonb);
            row.Write(type.StoredName, NpgsqlDbType.Varchar);
            row.Write(CatalogMaker.TimeOf(first + i), NpgsqlDbType.TimestampTz);
            row.Write("*DEFAULT*", NpgsqlDbType.Varchar);
            row.Write(type.DotNetName, NpgsqlDbType.Varchar);
            row.Write("{}", NpgsqlDbType.Jsonb);
            row.Write(false, NpgsqlDbType.Boolean);
        });
    }

    private static void Document<T>(NpgsqlBinaryImporter row, Guid id, T document, int place)
    {
        row.Write(id, NpgsqlDbType.Uuid);
        row.Write(JsonSerializer.SerializeToUtf8Bytes(document, StorageJson.Options), NpgsqlDbType.Jsonb);
        row.Write(1, NpgsqlDbType.Integer);
        row.Write(CatalogMaker.TimeOf(place), NpgsqlDbType.TimestampTz);
        row.Write(typeof(T).FullName!, NpgsqlDbType.Varchar);
    }

    private async Task CopyAsync<T>(string columns, IReadOnlyList<T> rows, Action<NpgsqlBinaryImporter, T, int> write)
    {
        await using var row = await connection.BeginBinaryImportAsync($"copy {columns} from stdin (format binary)");
        for (var i = 0; i < rows.Count; i++)
        {
            await row.StartRowAsync();
            write(row, rows[i], i);
        }

        await row.CompleteAsync();
    }

    private static void Row(CopyRows rows, Guid id, object state, string heading, SearchVector search, DateColumns date, string[]? terms, int place)
    {
        rows.StartRow(10);
        rows.Add(id);
        rows.AddJsonText(state, state.GetType());
        rows.Add(heading);
        rows.Add(Folding.Key(heading));
        rows.Add(search.ToBinary());
        if (date.Earliest is { } earliest) rows.Add(earliest);
        else rows.Null();
        rows.Add(date.Latest);
        rows.Add(terms);
        rows.Add(1);
        rows.Add(place + 1L);
    }

    private static Guid EventId(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        bytes[15] ^= 0xFF;
        return new Guid(bytes);
    }
}
