using Library.Worker.Books;
using Library.Worker.Storage;
using Library.Worker.Writing;
using Npgsql;

namespace Library.Worker.Authors.Cascade;

/// <summary>
/// Takes a deleted author off every book, in pages of a transaction each. Under the writer's lock each page makes sure that the author is
/// still deleted by that very event, and touches only links older than it; so it may be repeated, resumed and run twice at once.
/// </summary>
internal sealed partial class DeletionCascade(NpgsqlDataSource postgres, SchemaGate schema, TimeProvider time, ILogger<DeletionCascade> log)
{
    /// <summary>Books of one transaction: commands wait for a page at most.</summary>
    public const int PageSize = 500;

    private const string NextPage = """
        select array(select book_id from book_authors where author_id = a.id and since < $2 order by book_id limit $3), e.id, (e.headers->>'operationId')::uuid, (e.headers->>'importId')::uuid, e.headers->>'traceparent'
        from authors a join mt_events e on e.seq_id = $2
        where a.id = $1 and a.deleted_at_position = $2
        """;

    private const string DeleteAuthor = "delete from authors where id = $1 and deleted_at_position = $2";

    /// <summary>Returns when no book names the author any more, or when the author is back.</summary>
    /// <param name="deletedAt">Position of the AuthorDeleted.</param>
    public async Task RunAsync(Guid authorId, long deletedAt, CancellationToken cancellation)
    {
        await schema.WaitAsync(cancellation);
        var backoff = new Backoff(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(5), time);
        var books = 0;
        while (true)
        {
            try
            {
                var page = await RunPageAsync(authorId, deletedAt, cancellation);
                backoff.Reset();
                books += page;
                if (page == PageSize) continue;
                if (books > 0) LogDone(authorId, books);
                return;
            }
            catch (Exception fault) when (!Faults.IsOfContent(fault) && !cancellation.IsCancellationRequested)
            {
                LogWaiting(authorId, fault);
            }

            await backoff.WaitAsync(cancellation);
        }
    }

    /// <returns>How many books the page changed: fewer than a full page means that it was the last.</returns>
    private async Task<int> RunPageAsync(Guid authorId, long deletedAt, CancellationToken cancellation)
    {
        await using var transaction = await CatalogTransaction.BeginAsync(postgres, cancellation);
        if (await ReadPageAsync(transaction.Connection, authorId, deletedAt, cancellation) is not ({ } bookIds, { } cause)) return 0;
        var loaded = await transaction.LoadAsync(new CatalogLoad(bookIds.Length, [], bookIds, [], []), cancellation);
        var catalog = new Catalog(loaded.Snapshot);
        foreach (var id in bookIds)
        {
            var book = ((BookEntry)catalog.Find(id)!).State!;
            catalog.Append(AuthorRemoval.Decide(book, authorId), cause);
        }

        IEnumerable<NpgsqlBatchCommand> last = bookIds.Length < PageSize
            ? [new(DeleteAuthor) { Parameters = { new NpgsqlParameter<Guid> { TypedValue = authorId }, new NpgsqlParameter<long> { TypedValue = deletedAt } } }]
            : [];
        await transaction.CommitAsync(catalog, [], cancellation, last);
        return bookIds.Length;
    }

    /// <returns>Null: the author is not, or not any more, deleted by that event.</returns>
    private static async Task<(Guid[] BookIds, Provenance Cause)?> ReadPageAsync(
        NpgsqlConnection connection, Guid authorId, long deletedAt, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(NextPage, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = authorId },
                new NpgsqlParameter<long> { TypedValue = deletedAt },
                new NpgsqlParameter<int> { TypedValue = PageSize },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation)) return null;
        return (reader.GetFieldValue<Guid[]>(0), new Provenance(
            OperationId: reader.IsDBNull(2) ? null : reader.GetGuid(2),
            ImportId: reader.IsDBNull(3) ? null : reader.GetGuid(3),
            CausedBy: reader.GetGuid(1),
            TraceParent: reader.IsDBNull(4) ? null : reader.GetString(4)));
    }

    [LoggerMessage(1, LogLevel.Information, "Author {AuthorId} was taken off {Books} books")]
    private partial void LogDone(Guid authorId, int books);

    [LoggerMessage(2, LogLevel.Warning, "The cascade of author {AuthorId} can't go on now; it tries again")]
    private partial void LogWaiting(Guid authorId, Exception fault);
}
