using Library.Hosting.Events;
using Library.Worker.Books;
using Library.Worker.Storage;
using Library.Worker.Writing;
using Npgsql;
using NpgsqlTypes;

namespace Library.Worker.Authors.Cascade;

/// <summary>
/// Takes a deleted author off every book, in pages of a transaction each. Under the writer's lock each page makes sure that the author is
/// still deleted by that very event, and touches only links older than it; so it may be repeated, resumed and run twice at once.
/// </summary>
internal sealed class DeletionCascade(NpgsqlDataSource postgres, CascadePages pages)
{
    private const string NextPage = """
        select array(select book_id from book_authors where author_id = a.id and since < $2 order by book_id limit $3), e.id, e.headers
        from authors a join mt_events e on e.seq_id = $2
        where a.id = $1 and a.deleted_at_position = $2
        """;

    private const string Remember = "insert into cascaded_books (deletion, book_id, position) select $1, book_id, position from unnest($2, $3) as b (book_id, position)";

    /// <summary>Books that an unfinished restore had not brought back yet now belong to this deletion, for the next restore to find.</summary>
    private const string TakeOver = """
        with ended as (delete from author_restorations where author_id = $1 and restored_at < $2 returning deletion),
          moved as (delete from cascaded_books c using ended where c.deletion = ended.deletion returning c.book_id, c.position)
        insert into cascaded_books (deletion, book_id, position) select $2, book_id, position from moved on conflict do nothing
        """;

    private const string DeleteAuthor = "delete from authors where id = $1 and deleted_at_position = $2";

    /// <summary>Returns when no book names the author any more, or when the author is back.</summary>
    /// <param name="deletedAt">Position of the AuthorDeleted.</param>
    public Task RunAsync(Guid authorId, long deletedAt, CancellationToken cancellation) =>
        pages.RunAsync(authorId, () => RunPageAsync(authorId, deletedAt, cancellation), cancellation);

    private async Task<int> RunPageAsync(Guid authorId, long deletedAt, CancellationToken cancellation)
    {
        await using var transaction = await CatalogTransaction.BeginAsync(postgres, cancellation);
        if (await ReadPageAsync(transaction, authorId, deletedAt, cancellation) is not ({ } bookIds, { } cause)) return 0;
        var loaded = await transaction.LoadAsync(new CatalogLoad(bookIds.Length, [], bookIds, [], []), cancellation);
        var catalog = new Catalog(loaded.Snapshot);
        foreach (var id in bookIds) catalog.Append(AuthorRemoval.Decide(((BookEntry)catalog.Find(id)!).State!, authorId), cause);
        await transaction.CommitAsync(catalog, [], cancellation, [
            Sql.Command(Remember,
                Sql.Value(deletedAt, NpgsqlDbType.Bigint),
                Sql.Column(catalog.Events, NpgsqlDbType.Uuid, e => e.ResourceId),
                Sql.Column(catalog.Events, NpgsqlDbType.Bigint, e => e.Position)),
            .. bookIds.Length < CascadePages.Size ? (IEnumerable<NpgsqlBatchCommand>)[Command(TakeOver), Command(DeleteAuthor)] : [],
        ]);
        return bookIds.Length;

        NpgsqlBatchCommand Command(string sql) => Sql.Command(sql, Sql.Value(authorId, NpgsqlDbType.Uuid), Sql.Value(deletedAt, NpgsqlDbType.Bigint));
    }

    /// <returns>Null: the author is not, or not any more, deleted by that event.</returns>
    private static async Task<(Guid[] BookIds, Provenance Cause)?> ReadPageAsync(
        CatalogTransaction transaction, Guid authorId, long deletedAt, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(NextPage, transaction.Connection)
        {
            Parameters =
            {
                Sql.Value(authorId, NpgsqlDbType.Uuid),
                Sql.Value(deletedAt, NpgsqlDbType.Bigint),
                Sql.Value(CascadePages.Size, NpgsqlDbType.Integer),
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation)) return null;
        return (reader.GetFieldValue<Guid[]>(0), EventHeaders.Read(reader, 2).CauseOf(reader.GetGuid(1)));
    }
}
