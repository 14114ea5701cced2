using System.Text.Json;
using Library.Api.Infrastructure.Reading;
using Library.Contracts;
using Library.Contracts.Serialization;
using Npgsql;

namespace Library.Api.Infrastructure.Operations;

internal interface IOutcomeReader
{
    /// <summary>Null: not decided yet.</summary>
    Task<Outcome?> FindAsync(Guid operationId, CancellationToken cancellation);
}

internal sealed class OutcomeReader(Database database) : IOutcomeReader
{
    private const string Sql = """
        select resource, resource_id, effect, version, position, accepted_at, completed_at, problem::text, left_books::text,
          (select operation_id from dead_letters where replayed_as = $1), caller
        from operations where id = $1
        """;

    public Task<Outcome?> FindAsync(Guid operationId, CancellationToken cancellation) => database.ReadAsync(
        Sql,
        [new NpgsqlParameter<Guid> { TypedValue = operationId }],
        async (row, limit) => await row.ReadAsync(limit) ? Read(operationId, row) : null,
        cancellation);

    private static Outcome Read(Guid id, NpgsqlDataReader row) => new()
    {
        Id = id,
        Resource = row.IsDBNull(0) ? null : row.GetString(0),
        ResourceId = row.IsDBNull(1) ? null : row.GetGuid(1),
        Effect = row.IsDBNull(2) ? null : row.GetString(2),
        Version = row.IsDBNull(3) ? null : row.GetInt32(3),
        Position = row.GetInt64(4),
        AcceptedAt = row.GetDateTime(5),
        CompletedAt = row.GetDateTime(6),
        Problem = row.IsDBNull(7) ? null : JsonSerializer.Deserialize(row.GetString(7), LibraryJsonContext.Default.Problem),
        Left = row.IsDBNull(8) ? null : JsonSerializer.Deserialize(row.GetString(8), OperationJson.Responses.LeftBooks),
        ReplayOf = row.IsDBNull(9) ? null : row.GetGuid(9),
        Caller = row.IsDBNull(10) ? null : row.GetString(10),
    };
}
