using System.Text.Json;
using Library.Contracts;
using Library.Contracts.Serialization;
using Library.Hosting.Events;
using Library.Worker.Infrastructure.Model;
using Library.Worker.Infrastructure.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Library.Worker.Features.Cascades;

/// <summary>The deletion that a restore undoes, and what its events are caused by.</summary>
/// <remarks>Null: the restoration is complete, or the author is deleted again.</remarks>
internal sealed record FindRestoration(long RestoredAt) : ICatalogQuery<(long? Deletion, Provenance Cause)?>
{
    private const string ReadRestoration = """
        select r.deletion, e.id, e.headers
        from author_restorations r join authors a on a.id = r.author_id and a.deleted_at_position is null join mt_events e on e.seq_id = r.restored_at
        where r.restored_at = $1
        """;

    public async Task<(long? Deletion, Provenance Cause)?> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(ReadRestoration, connection) { Parameters = { Sql.Value(RestoredAt, NpgsqlDbType.Bigint) } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? (reader.GetInt64(0), EventHeaders.Read(reader, 2).CauseOf(reader.GetGuid(1))) : null;
    }
}

/// <summary>A book that a cascade took the author off.</summary>
/// <param name="Changed">By a command or an import, since the author was taken off.</param>
/// <param name="Named">All its contributors as a command or an import last named them.</param>
internal sealed record TakenBook(Guid Id, bool Changed, IReadOnlyList<Contributor> Named);

/// <summary>The next books to restore with their author.</summary>
internal sealed record NextTakenBooks(long Deletion, int Limit) : ICatalogQuery<IReadOnlyList<TakenBook>>
{
    private const string NextPage = """
        select c.book_id, since.changed, coalesce(named.data->'book'->'contributors', '[]')::text
        from cascaded_books c
        cross join lateral (select exists (select 1 from mt_events e where e.stream_id = c.book_id and e.seq_id > c.position
          and not e.headers ? 'causedBy' and e.type <> 'book_restored') as changed) since
        left join lateral (select data from mt_events e where e.stream_id = c.book_id and not e.headers ? 'causedBy'
          and e.type in ('book_created', 'book_updated') order by e.version desc limit 1) named on true
        where c.deletion = $1
        order by c.book_id limit $2
        """;

    public async Task<IReadOnlyList<TakenBook>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(NextPage, connection)
        {
            Parameters = { Sql.Value(Deletion, NpgsqlDbType.Bigint), Sql.Value(Limit, NpgsqlDbType.Integer) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var books = new List<TakenBook>();
        while (await reader.ReadAsync(cancellation)) books.Add(new TakenBook(reader.GetGuid(0), reader.GetBoolean(1), JsonSerializer.Deserialize(reader.GetString(2), LibraryJsonContext.Default.IReadOnlyListContributor)!));
        return books;
    }
}

/// <summary>Each book is processed once; books left unchanged are listed.</summary>
internal sealed record DealtWith(long RestoredAt, long Deletion, IReadOnlyList<TakenBook> Books) : ICatalogWrite
{
    private const string Forget = "delete from cascaded_books where deletion = $1 and book_id = any($2)";

    private const string Left = """
        update author_restorations set left_count = left_count + cardinality($2), left_books = (left_books || $2)[1:100] where restored_at = $1
        """;

    public IEnumerable<NpgsqlBatchCommand> ToSql() =>
    [
        Sql.Command(Forget, Sql.Value(Deletion, NpgsqlDbType.Bigint), Sql.Column(Books, NpgsqlDbType.Uuid, book => book.Id)),
        Sql.Command(Left,
            Sql.Value(RestoredAt, NpgsqlDbType.Bigint),
            Sql.Column<TakenBook, Guid>([.. Books.Where(book => book.Changed)], NpgsqlDbType.Uuid, book => book.Id)),
    ];
}

/// <summary>After the last page: the operation lists the books left unchanged.</summary>
internal sealed record EndRestoration(long RestoredAt) : ICatalogWrite
{
    private const string Through = """
        with ended as (delete from author_restorations where restored_at = $1 returning operation_id, left_count, left_books)
        update operations o set left_books = jsonb_build_object('count', ended.left_count, 'ids', to_jsonb(ended.left_books)) from ended where o.id = ended.operation_id
        """;

    public IEnumerable<NpgsqlBatchCommand> ToSql() => [Sql.Command(Through, Sql.Value(RestoredAt, NpgsqlDbType.Bigint))];
}
