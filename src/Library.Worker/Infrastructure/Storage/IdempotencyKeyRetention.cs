using Library.Hosting.Operations;
using Npgsql;
using NpgsqlTypes;

namespace Library.Worker.Infrastructure.Storage;

/// <summary>Drops idempotency keys a day after their operation's outcome, or when the operation itself is past its retention.</summary>
internal sealed class IdempotencyKeyRetention(NpgsqlDataSource postgres, OperationPartitions partitions, TimeProvider time) : IRetention
{
    private static readonly TimeSpan KeptAfterOutcome = TimeSpan.FromHours(24);

    private const int PageSize = 5_000;

    // An operation's id contains the time of acceptance, and no outcome is older than that: only keys before the first bound are examined.
    private const string Sql = """
        delete from idempotency_keys where (caller, key) in (
          select k.caller, k.key from idempotency_keys k left join operations o on o.id = k.operation_id
          where k.operation_id < $1 and (o.completed_at < $2 or k.operation_id < $3)
          limit $4)
        """;

    public Task KeepAsync(CancellationToken cancellation) => DropAsync(cancellation);

    /// <returns>How many were dropped.</returns>
    public async Task<int> DropAsync(CancellationToken cancellation)
    {
        var end = time.GetUtcNow() - KeptAfterOutcome;
        var dropped = 0;
        while (true)
        {
            await using var command = postgres.CreateCommand(Sql);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = OperationIds.LowerBound(end) });
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = end, NpgsqlDbType = NpgsqlDbType.TimestampTz });
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = OperationIds.LowerBound(partitions.OldestKept) });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = PageSize });
            var page = await command.ExecuteNonQueryAsync(cancellation);
            dropped += page;
            if (page < PageSize) return dropped;
        }
    }
}
