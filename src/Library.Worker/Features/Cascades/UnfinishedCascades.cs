using Library.Worker.Infrastructure.Storage;
using Npgsql;

namespace Library.Worker.Features.Cascades;

/// <summary>Cascades of deletions, or of restorations, that began some time ago, oldest first.</summary>
internal sealed record UnfinishedCascades(string Sql, TimeSpan Age) : ICatalogQuery<IReadOnlyList<(Guid AuthorId, long Position)>>
{
    public const string Deletions = """
        select a.id, a.deleted_at_position from authors a join mt_events e on e.seq_id = a.deleted_at_position
        where a.deleted_at_position is not null and e.timestamp < clock_timestamp() - $1
        order by a.deleted_at_position
        """;

    public const string Restorations = """
        select r.author_id, r.restored_at from author_restorations r
        join authors a on a.id = r.author_id and a.deleted_at_position is null join mt_events e on e.seq_id = r.restored_at
        where e.timestamp < clock_timestamp() - $1
        order by r.restored_at
        """;

    public async Task<IReadOnlyList<(Guid AuthorId, long Position)>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Sql, connection) { Parameters = { new NpgsqlParameter<TimeSpan> { TypedValue = Age } } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<(Guid, long)>();
        while (await reader.ReadAsync(cancellation)) found.Add((reader.GetGuid(0), reader.GetInt64(1)));
        return found;
    }
}
