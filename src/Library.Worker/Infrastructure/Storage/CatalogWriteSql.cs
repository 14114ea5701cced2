using System.Text.Json;
using Library.Contracts;
using Library.Contracts.Values;
using Library.Hosting.Events;
using Library.Hosting.Search;
using Library.Worker.Infrastructure.Model;
using Library.Worker.Infrastructure.Storage.Documents;
using Npgsql;
using NpgsqlTypes;

namespace Library.Worker.Infrastructure.Storage;

/// <summary>
/// Writes what a transaction's catalog holds at its end: streams and events as Marten would, documents, and rows. Each table gets one
/// statement for all its new and changed rows; parents go before children.
/// </summary>
internal static class CatalogWriteSql
{
    private const string Streams = """
        insert into mt_streams (id, type, version, timestamp, created, tenant_id)
        select id, type, version, $4, $4, '*DEFAULT*' from unnest($1, $2, $3) as s (id, type, version)
        on conflict (id) do update set version = excluded.version, timestamp = excluded.timestamp
        """;

    private const string Events = """
        insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, headers, is_archived)
        select seq_id, id, stream_id, version, data, type, $9, '*DEFAULT*', dotnet_type, headers, false
        from unnest($1, $2, $3, $4, $5, $6, $7, $8) as e (seq_id, id, stream_id, version, data, type, dotnet_type, headers)
        """;

    private const string UpsertAuthors = """
        insert into authors (id, state, heading, name_key, search, birth_earliest, birth_latest, terms, version, position, deleted_at_position)
        select id, state::json, heading, name_key, search::tsvector, birth_earliest, birth_latest, string_to_array(terms, E'\n'), version, position, deleted_at_position
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) as a (id, state, heading, name_key, search, birth_earliest, birth_latest, terms, version, position, deleted_at_position)
        on conflict (id) do update set state = excluded.state, heading = excluded.heading, name_key = excluded.name_key, search = excluded.search,
          birth_earliest = excluded.birth_earliest, birth_latest = excluded.birth_latest, terms = excluded.terms, version = excluded.version, position = excluded.position, deleted_at_position = excluded.deleted_at_position
        """;

    private const string UpsertBooks = """
        insert into books (id, state, heading, title_key, search, publish_earliest, publish_latest, terms, version, position)
        select id, state::json, heading, title_key, search::tsvector, publish_earliest, publish_latest, string_to_array(terms, E'\n'), version, position
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) as b (id, state, heading, title_key, search, publish_earliest, publish_latest, terms, version, position)
        on conflict (id) do update set state = excluded.state, heading = excluded.heading, title_key = excluded.title_key, search = excluded.search,
          publish_earliest = excluded.publish_earliest, publish_latest = excluded.publish_latest, terms = excluded.terms, version = excluded.version, position = excluded.position
        """;

    private const string DeleteBooks = "delete from books where id = any($1)";

    private const string DeleteLinks = "delete from book_authors where book_id = any($1)";

    private const string InsertLinks = "insert into book_authors (book_id, author_id, ordinal, roles, since) select book_id, author_id, ordinal, string_to_array(roles, ' '), since from unnest($1, $2, $3, $4, $5) as l (book_id, author_id, ordinal, roles, since)";

    private const string InsertRestorations = "insert into author_restorations (restored_at, author_id, deletion, operation_id) select * from unnest($1, $2, $3, $4)";

    public static void AddTo(NpgsqlBatch batch, Catalog catalog)
    {
        if (catalog.Events.Count == 0) return;
        AddStreams(batch, catalog, catalog.LastEvents);
        AddEvents(batch, catalog);
        AddRows(batch, catalog, catalog.LastEvents);
        AddRest(batch, catalog);
    }

    /// <summary>For use together with a COPY of the events and of all new rows.</summary>
    public static void AddKnownTo(NpgsqlBatch batch, Catalog catalog)
    {
        AddStreams(batch, catalog, [.. catalog.LastEvents.Where(last => !catalog.IsNew(last.ResourceId))]);
        AddRows(batch, catalog, [.. catalog.LastEvents.Where(last => !CatalogCopyRows.IsCopied(catalog, last.ResourceId))]);
    }

    public static void AddRest(NpgsqlBatch batch, Catalog catalog)
    {
        if (catalog.Restorations is { Count: > 0 } restorations)
        {
            batch.BatchCommands.Add(Sql.Command(InsertRestorations,
                Sql.Column(restorations, NpgsqlDbType.Bigint, r => r.RestoredAt),
                Sql.Column(restorations, NpgsqlDbType.Uuid, r => r.AuthorId),
                Sql.Column(restorations, NpgsqlDbType.Bigint, r => r.Deletion),
                Sql.Column(restorations, NpgsqlDbType.Uuid, r => r.OperationId)));
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand($"select pg_notify('{Notifications.EventsChannel}', current_schema())"));
    }

    private static void AddRows(NpgsqlBatch batch, Catalog catalog, IReadOnlyCollection<AppendedEvent> touched)
    {
        AddAuthors(batch, [.. touched.Where(last => catalog.Find(last.ResourceId) is AuthorEntry)], catalog);
        AddBooks(batch, [.. touched.Where(last => catalog.Find(last.ResourceId) is BookEntry)], catalog);
    }

    private static void AddStreams(NpgsqlBatch batch, Catalog catalog, IReadOnlyCollection<AppendedEvent> streams)
    {
        if (streams.Count == 0) return;
        batch.BatchCommands.Add(Sql.Command(Streams,
            Sql.Column(streams, NpgsqlDbType.Uuid, s => s.ResourceId),
            Sql.Column(streams, NpgsqlDbType.Text, s => catalog.Find(s.ResourceId)!.Resource),
            Sql.Column(streams, NpgsqlDbType.Bigint, s => (long)s.Version),
            Sql.Value(catalog.Now, NpgsqlDbType.TimestampTz)));
    }

    private static void AddEvents(NpgsqlBatch batch, Catalog catalog)
    {
        var events = catalog.Events;
        batch.BatchCommands.Add(Sql.Command(Events,
            Sql.Column(events, NpgsqlDbType.Bigint, e => e.Position),
            Sql.Column(events, NpgsqlDbType.Uuid, e => e.EventId),
            Sql.Column(events, NpgsqlDbType.Uuid, e => e.ResourceId),
            Sql.Column(events, NpgsqlDbType.Bigint, e => (long)e.Version),
            Sql.Column(events, NpgsqlDbType.Jsonb, e => JsonSerializer.Serialize(e.Data, e.Type.Clr, StorageJson.Options)),
            Sql.Column(events, NpgsqlDbType.Text, e => e.Type.StoredName),
            Sql.Column(events, NpgsqlDbType.Text, e => e.Type.DotNetName),
            Sql.Column(events, NpgsqlDbType.Jsonb, e => e.Provenance.ToHeaders().ToJson()),
            Sql.Value(catalog.Now, NpgsqlDbType.TimestampTz)));
    }

    private static void AddAuthors(NpgsqlBatch batch, IReadOnlyList<AppendedEvent> touched, Catalog catalog)
    {
        if (touched.Count == 0) return;
        // A deleted author's row stays, marked, until the cascade has taken the author off its books.
        var rows = touched.Select(last => (Last: last, Entry: (AuthorEntry)catalog.Find(last.ResourceId)!))
            .Select(t => (t.Last, t.Entry, State: t.Entry.State ?? t.Entry.Deletion!.LastState))
            .Select(t => (t.Last, t.Entry, t.State, Born: DateColumns.Of(t.State.BirthDate))).ToArray();
        var vector = new SearchVector();
        batch.BatchCommands.Add(Sql.Command(UpsertAuthors,
            Sql.Column(rows, NpgsqlDbType.Uuid, r => r.State.Id),
            Sql.Column(rows, NpgsqlDbType.Text, r => StorageJson.Text(r.State)),
            Sql.Column(rows, NpgsqlDbType.Text, r => r.State.Name),
            Sql.Column(rows, NpgsqlDbType.Text, r => Folding.Key(r.State.Name)),
            Sql.Column(rows, NpgsqlDbType.Text, r => SearchText.Of(r.State, vector).ToText()),
            Sql.Column(rows, NpgsqlDbType.Integer, r => r.Born.Earliest),
            Sql.Column(rows, NpgsqlDbType.Integer, r => r.Born.Latest),
            Sql.Column(rows, NpgsqlDbType.Text, r => Lines(FilterTerms.Of(r.State))),
            Sql.Column(rows, NpgsqlDbType.Integer, r => r.Entry.Version),
            Sql.Column(rows, NpgsqlDbType.Bigint, r => r.Last.Position),
            Sql.Column(rows, NpgsqlDbType.Bigint, r => r.Entry.State is null ? r.Last.Position : (long?)null)));
        DocumentSql.AddTo(batch, "mt_doc_author", typeof(Author), catalog.Now,
            [.. rows.Where(r => r.Entry.State is not null).Select(r => Document(r.State, r.Entry.Version))],
            [.. rows.Where(r => r.Entry.State is null && WasThere(catalog, r.State.Id)).Select(r => r.State.Id)]);
    }

    private static void AddBooks(NpgsqlBatch batch, IReadOnlyList<AppendedEvent> touched, Catalog catalog)
    {
        if (touched.Count == 0) return;
        var entries = touched.Select(last => (Last: last, Entry: (BookEntry)catalog.Find(last.ResourceId)!)).ToArray();
        var rows = entries.Where(e => e.Entry.State is not null)
            .Select(e => (e.Last, e.Entry, State: e.Entry.State!, Published: DateColumns.Of(e.Entry.State!.PublishDate))).ToArray();
        var deleted = entries.Where(e => e.Entry.State is null && WasThere(catalog, e.Last.ResourceId)).Select(e => e.Last.ResourceId).ToArray();
        if (deleted.Length > 0) batch.BatchCommands.Add(Sql.Command(DeleteBooks, Sql.Column(deleted, NpgsqlDbType.Uuid, id => id)));
        if (rows.Length > 0)
        {
            var vector = new SearchVector();
            batch.BatchCommands.Add(Sql.Command(UpsertBooks,
                Sql.Column(rows, NpgsqlDbType.Uuid, r => r.State.Id),
                Sql.Column(rows, NpgsqlDbType.Text, r => StorageJson.Text(r.State)),
                Sql.Column(rows, NpgsqlDbType.Text, r => r.State.Title),
                Sql.Column(rows, NpgsqlDbType.Text, r => Folding.Key(r.State.Title)),
                Sql.Column(rows, NpgsqlDbType.Text, r => SearchText.Of(r.State, vector).ToText()),
                Sql.Column(rows, NpgsqlDbType.Integer, r => r.Published.Earliest),
                Sql.Column(rows, NpgsqlDbType.Integer, r => r.Published.Latest),
                Sql.Column(rows, NpgsqlDbType.Text, r => Lines(FilterTerms.Of(r.State))),
                Sql.Column(rows, NpgsqlDbType.Integer, r => r.Entry.Version),
                Sql.Column(rows, NpgsqlDbType.Bigint, r => r.Last.Position)));
        }

        AddLinks(batch, [.. rows.Where(r => !SameLinks(catalog.FindBefore(r.State.Id), r.Entry)).Select(r => r.Entry)], catalog);
        DocumentSql.AddTo(batch, "mt_doc_book", typeof(Book), catalog.Now,
            [.. rows.Select(r => Document(r.State, r.Entry.Version))], deleted);
    }

    private static void AddLinks(NpgsqlBatch batch, IReadOnlyList<BookEntry> books, Catalog catalog)
    {
        if (books.Count == 0) return;
        var relinked = books.Where(book => WasThere(catalog, book.State!.Id)).Select(book => book.State!.Id).ToArray();
        if (relinked.Length > 0) batch.BatchCommands.Add(Sql.Command(DeleteLinks, Sql.Column(relinked, NpgsqlDbType.Uuid, id => id)));
        var links = LinksOf(books).ToArray();
        batch.BatchCommands.Add(Sql.Command(InsertLinks,
            Sql.Column(links, NpgsqlDbType.Uuid, l => l.Book),
            Sql.Column(links, NpgsqlDbType.Uuid, l => l.Author),
            Sql.Column(links, NpgsqlDbType.Smallint, l => l.Ordinal),
            Sql.Column(links, NpgsqlDbType.Text, l => l.Roles is null ? null : string.Join(' ', l.Roles)),
            Sql.Column(links, NpgsqlDbType.Bigint, l => l.Since)));
    }

    public static IEnumerable<BookLink> LinksOf(IEnumerable<BookEntry> books) =>
        books.SelectMany(book => book.State!.AuthorIds.Select((author, i) => new BookLink(book.State.Id, author, (short)i, RolesOf(book.State, author), book.LinkedSince[i])));

    private static string[]? RolesOf(BookState book, Guid author)
    {
        if (book.Contributors.All(contributor => contributor.Role == Relators.Author)) return null;
        string[] roles = [.. book.Contributors.Where(contributor => contributor.AuthorId == author).Select(contributor => contributor.Role)];
        return roles is [Relators.Author] ? null : roles;
    }

    /// <summary>Arrays of one column can't differ in length.</summary>
    private static string? Lines(string[]? terms) => terms is null ? null : string.Join('\n', terms);

    private static bool WasThere(Catalog catalog, Guid id) => catalog.FindBefore(id) is AuthorEntry { State: not null } or BookEntry { State: not null };

    private static bool SameLinks(Entry? before, BookEntry after) =>
        before is BookEntry { State: { } state } book && state.Contributors.SequenceEqual(after.State!.Contributors) && book.LinkedSince.SequenceEqual(after.LinkedSince);

    private static DocumentRow Document(AuthorState state, int version) =>
        new(state.Id, version, StorageJson.Text(new Author { Id = state.Id, Version = version, State = state }));

    private static DocumentRow Document(BookState state, int version) =>
        new(state.Id, version, StorageJson.Text(new Book { Id = state.Id, Version = version, State = state }));
}

/// <summary>A row that ties an author to a book.</summary>
/// <param name="Ordinal">Place of the author among the book's.</param>
/// <param name="Roles">Null: the author's one role is <c>aut</c>, as most have.</param>
/// <param name="Since">Position of the event that set the link.</param>
internal readonly record struct BookLink(Guid Book, Guid Author, short Ordinal, string[]? Roles, long Since);
