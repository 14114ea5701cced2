using Library.Hosting.Events;
using Library.Worker.Books;
using Library.Worker.Storage;
using Library.Worker.Writing;
using Npgsql;
using NpgsqlTypes;

namespace Library.Worker.Authors.Cascade;

/// <summary>
/// Brings a restored author back on the books that its deletion took it off, in pages of a transaction each, under the writer's lock. A book
/// that a command or an import has changed since is left as it is and listed in the operation. Each book is dealt with once, so it may be
/// repeated, resumed and run twice at once; it ends when the author is deleted again.
/// </summary>
internal sealed class RestorationCascade(NpgsqlDataSource postgres, CascadePages pages)
{
    private const string ReadRestoration = """
        select r.deletion, e.id, e.headers
        from author_restorations r join authors a on a.id = r.author_id and a.deleted_at_position is null join mt_events e on e.seq_id = r.restored_at
        where r.restored_at = $1
        """;

    private const string NextPage = """
        select c.book_id, since.changed, array(select jsonb_array_elements_text(named.data->'book'->'authorIds')::uuid)
        from cascaded_books c
        cross join lateral (select exists (select 1 from mt_events e where e.stream_id = c.book_id and e.seq_id > c.position
          and not e.headers ? 'causedBy' and e.type <> 'book_restored') as changed) since
        left join lateral (select data from mt_events e where e.stream_id = c.book_id and not e.headers ? 'causedBy'
          and e.type in ('book_created', 'book_updated') order by e.version desc limit 1) named on true
        where c.deletion = $1
        order by c.book_id limit $2
        """;

    private const string DealtWith = "delete from cascaded_books where deletion = $1 and book_id = any($2)";

    private const string Left = """
        update author_restorations set left_count = left_count + cardinality($2), left_books = (left_books || $2)[1:100] where restored_at = $1
        """;

    private const string Through = """
        with ended as (delete from author_restorations where restored_at = $1 returning operation_id, left_count, left_books)
        update operations o set left_books = jsonb_build_object('count', ended.left_count, 'ids', to_jsonb(ended.left_books)) from ended where o.id = ended.operation_id
        """;

    /// <summary>Returns when every book has followed, or when the author is deleted again.</summary>
    /// <param name="restoredAt">Position of the AuthorRestored.</param>
    public Task RunAsync(Guid authorId, long restoredAt, CancellationToken cancellation) =>
        pages.RunAsync(authorId, () => RunPageAsync(authorId, restoredAt, cancellation), cancellation);

    private async Task<int> RunPageAsync(Guid authorId, long restoredAt, CancellationToken cancellation)
    {
        await using var transaction = await CatalogTransaction.BeginAsync(postgres, cancellation);
        if (await ReadRestorationAsync(transaction, restoredAt, cancellation) is not ({ } deletion, { } cause)) return 0;
        var books = await ReadPageAsync(transaction, deletion, cancellation);
        Guid[] following = [.. books.Where(book => !book.Changed).Select(book => book.Id)];
        Guid[] left = [.. books.Where(book => book.Changed).Select(book => book.Id)];
        var loaded = await transaction.LoadAsync(new CatalogLoad(following.Length, [], following, [], following), cancellation);
        var catalog = new Catalog(loaded.Snapshot);
        foreach (var book in books.Where(book => !book.Changed))
        {
            if (AuthorReturn.Decide((BookEntry)catalog.Find(book.Id)!, book.Order, authorId) is { } @event) catalog.Append(@event, cause);
        }

        await transaction.CommitAsync(catalog, [], cancellation, [
            Sql.Command(DealtWith, Sql.Value(deletion, NpgsqlDbType.Bigint), Sql.Column(books, NpgsqlDbType.Uuid, book => book.Id)),
            Sql.Command(Left, Sql.Value(restoredAt, NpgsqlDbType.Bigint), Sql.Column(left, NpgsqlDbType.Uuid, id => id)),
            .. books.Count < CascadePages.Size ? (IEnumerable<NpgsqlBatchCommand>)[Sql.Command(Through, Sql.Value(restoredAt, NpgsqlDbType.Bigint))] : [],
        ]);
        return books.Count;
    }

    /// <returns>Null: it is through, or the author is deleted again.</returns>
    private static async Task<(long? Deletion, Provenance Cause)?> ReadRestorationAsync(
        CatalogTransaction transaction, long restoredAt, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(ReadRestoration, transaction.Connection) { Parameters = { Sql.Value(restoredAt, NpgsqlDbType.Bigint) } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? (reader.GetInt64(0), EventHeaders.Read(reader, 2).CauseOf(reader.GetGuid(1))) : null;
    }

    private static async Task<List<TakenBook>> ReadPageAsync(CatalogTransaction transaction, long deletion, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(NextPage, transaction.Connection)
        {
            Parameters = { Sql.Value(deletion, NpgsqlDbType.Bigint), Sql.Value(CascadePages.Size, NpgsqlDbType.Integer) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var books = new List<TakenBook>();
        while (await reader.ReadAsync(cancellation)) books.Add(new TakenBook(reader.GetGuid(0), reader.GetBoolean(1), reader.GetFieldValue<Guid[]>(2)));
        return books;
    }

    /// <param name="Changed">By a command or an import, since the author was taken off.</param>
    /// <param name="Order">All its authors as a command or an import last named them.</param>
    private sealed record TakenBook(Guid Id, bool Changed, Guid[] Order);
}
