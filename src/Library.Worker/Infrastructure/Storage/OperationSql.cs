using System.Text.Json;
using Library.Contracts;
using Library.Contracts.Serialization;
using Library.Worker.Infrastructure.Model;
using Npgsql;
using NpgsqlTypes;

namespace Library.Worker.Infrastructure.Storage;

/// <summary>Writes outcomes.</summary>
internal static class OperationSql
{
    private const string Insert = """
        insert into operations (id, kind, resource, resource_id, effect, version, position, accepted_at, completed_at, problem, caller)
        select id, kind, resource, resource_id, effect, version, position, accepted_at, $11, problem, caller
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) as o (id, kind, resource, resource_id, effect, version, position, accepted_at, problem, caller)
        """;

    public static void AddTo(NpgsqlBatch batch, IReadOnlyList<Outcome> outcomes, DateTimeOffset completedAt)
    {
        if (outcomes.Count == 0) return;
        batch.BatchCommands.Add(Sql.Command(Insert,
            Sql.Column(outcomes, NpgsqlDbType.Uuid, o => o.OperationId),
            Sql.Column(outcomes, NpgsqlDbType.Text, o => o.Kind),
            Sql.Column(outcomes, NpgsqlDbType.Text, o => o.Resource),
            Sql.Column(outcomes, NpgsqlDbType.Uuid, o => o.ResourceId),
            Sql.Column(outcomes, NpgsqlDbType.Text, o => o.Effect),
            Sql.Column(outcomes, NpgsqlDbType.Integer, o => o.Version),
            Sql.Column(outcomes, NpgsqlDbType.Bigint, o => o.Position),
            Sql.Column(outcomes, NpgsqlDbType.TimestampTz, o => o.AcceptedAt.ToUniversalTime()),
            Sql.Column(outcomes, NpgsqlDbType.Jsonb, o => o.Problem is null ? null : JsonSerializer.Serialize(o.Problem, LibraryJsonContext.Default.Problem)),
            Sql.Column(outcomes, NpgsqlDbType.Text, o => o.Caller),
            Sql.Value(completedAt.ToUniversalTime(), NpgsqlDbType.TimestampTz)));
    }
}
