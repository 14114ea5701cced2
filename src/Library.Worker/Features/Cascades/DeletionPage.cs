using Library.Hosting.Events;
using Library.Worker.Infrastructure.Model;
using Library.Worker.Infrastructure.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Library.Worker.Features.Cascades;

/// <summary>The next books from which a deleted author is to be removed, and the cause of their events.</summary>
/// <remarks>Null: that event is not, or is no longer, the author's last deletion.</remarks>
internal sealed record NextRemovals(Guid AuthorId, long DeletedAt, int Limit) : ICatalogQuery<(Guid[] BookIds, Provenance Cause)?>
{
    private const string NextPage = """
        select array(select book_id from book_authors where author_id = a.id and since < $2 order by book_id limit $3), e.id, e.headers
        from authors a join mt_events e on e.seq_id = $2
        where a.id = $1 and a.deleted_at_position = $2
        """;

    public async Task<(Guid[] BookIds, Provenance Cause)?> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(NextPage, connection)
        {
            Parameters =
            {
                Sql.Value(AuthorId, NpgsqlDbType.Uuid),
                Sql.Value(DeletedAt, NpgsqlDbType.Bigint),
                Sql.Value(Limit, NpgsqlDbType.Integer),
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation)) return null;
        return (reader.GetFieldValue<Guid[]>(0), EventHeaders.Read(reader, 2).CauseOf(reader.GetGuid(1)));
    }
}

/// <summary>Remembers for a restore which books the author was taken off.</summary>
internal sealed record RememberRemovals(long DeletedAt, IReadOnlyList<AppendedEvent> Removals) : ICatalogWrite
{
    private const string Remember = "insert into cascaded_books (deletion, book_id, position) select $1, book_id, position from unnest($2, $3) as b (book_id, position)";

    public IEnumerable<NpgsqlBatchCommand> ToSql() =>
    [
        Sql.Command(Remember,
            Sql.Value(DeletedAt, NpgsqlDbType.Bigint),
            Sql.Column(Removals, NpgsqlDbType.Uuid, e => e.ResourceId),
            Sql.Column(Removals, NpgsqlDbType.Bigint, e => e.Position)),
    ];
}

/// <summary>After the last page: no book names the author any more, so its row is deleted.</summary>
internal sealed record EndDeletion(Guid AuthorId, long DeletedAt) : ICatalogWrite
{
    /// <summary>Books that an unfinished restore had not brought back yet now belong to this deletion, for the next restore to find.</summary>
    private const string TakeOver = """
        with ended as (delete from author_restorations where author_id = $1 and restored_at < $2 returning deletion),
          moved as (delete from cascaded_books c using ended where c.deletion = ended.deletion returning c.book_id, c.position)
        insert into cascaded_books (deletion, book_id, position) select $2, book_id, position from moved on conflict do nothing
        """;

    private const string DeleteAuthor = "delete from authors where id = $1 and deleted_at_position = $2";

    public IEnumerable<NpgsqlBatchCommand> ToSql() => [Command(TakeOver), Command(DeleteAuthor)];

    private NpgsqlBatchCommand Command(string sql) => Sql.Command(sql, Sql.Value(AuthorId, NpgsqlDbType.Uuid), Sql.Value(DeletedAt, NpgsqlDbType.Bigint));
}
