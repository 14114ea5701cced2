using System.Text;
using System.Text.Json;
using Library.Api.Infrastructure.Reading;
using Npgsql;

namespace Library.Api.Features.DeadLetters;

/// <summary>The table of dead letters, which the worker fills.</summary>
internal sealed class DeadLetterStore(Database database)
{
    private const string PageSql = """
        select id, operation_id, message_id, reason, received_at, length(body), substring(body for 4096), headers::text, replayed_as
        from dead_letters where id > $1 and discarded_at is null order by id limit $2
        """;

    private const string BodySql = "select body from dead_letters where id = $1 and discarded_at is null";

    // Replaying a letter again yields the same operation.
    private const string ClaimSql = """
        update dead_letters set replayed_as = coalesce(replayed_as, $2) where id = $1 and discarded_at is null returning replayed_as, operation_id
        """;

    private const string DiscardSql = "update dead_letters set discarded_at = clock_timestamp(), body = '' where id = $1 and discarded_at is null returning id";

    /// <summary>In order of arrival.</summary>
    public Task<List<DeadLetterResponse>> PageAsync(Guid after, int count, CancellationToken cancellation) => database.ReadAsync(
        PageSql,
        [new NpgsqlParameter<Guid> { TypedValue = after }, new NpgsqlParameter<int> { TypedValue = count }],
        async (row, limit) =>
        {
            var letters = new List<DeadLetterResponse>();
            while (await row.ReadAsync(limit)) letters.Add(Read(row));
            return letters;
        },
        cancellation);

    /// <summary>Null: there is no such letter, or it was discarded.</summary>
    public Task<byte[]?> FindBodyAsync(Guid id, CancellationToken cancellation) => database.ReadAsync(
        BodySql, [new NpgsqlParameter<Guid> { TypedValue = id }],
        async (row, limit) => await row.ReadAsync(limit) ? row.GetFieldValue<byte[]>(0) : null,
        cancellation);

    /// <summary>Records the operation as the letter's replay, unless it already has one. Null: the letter was discarded meanwhile.</summary>
    public Task<Replay?> ClaimAsync(Guid id, Guid operationId, CancellationToken cancellation) => database.ReadAsync(
        ClaimSql,
        [new NpgsqlParameter<Guid> { TypedValue = id }, new NpgsqlParameter<Guid> { TypedValue = operationId }],
        async (row, limit) => await row.ReadAsync(limit) ? new Replay(row.GetGuid(0), row.IsDBNull(1) ? null : row.GetGuid(1)) : null,
        cancellation);

    /// <returns>Whether there was such a letter.</returns>
    public Task<bool> DiscardAsync(Guid id, CancellationToken cancellation) => database.ReadAsync(
        DiscardSql, [new NpgsqlParameter<Guid> { TypedValue = id }], (row, limit) => row.ReadAsync(limit), cancellation);

    private static DeadLetterResponse Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        OperationId = row.IsDBNull(1) ? null : row.GetGuid(1),
        MessageId = row.IsDBNull(2) ? null : row.GetString(2),
        Reason = row.GetString(3),
        ReceivedAt = row.GetDateTime(4),
        BodyBytes = row.GetInt32(5),
        Body = Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(6)),
        Headers = JsonSerializer.Deserialize(row.GetString(7), DeadLetterJson.Responses.IReadOnlyDictionaryStringString)!,
        ReplayedAs = row.IsDBNull(8) ? null : row.GetGuid(8),
    };
}

/// <param name="ReplayOf">The operation of the letter; null: it names none.</param>
internal sealed record Replay(Guid OperationId, Guid? ReplayOf);
