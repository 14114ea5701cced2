using Library.Worker.Infrastructure.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Library.Worker.Features.DeadLetters;

/// <summary>Drops discarded letters once they can no longer be redelivered. The others stay until an operator handles them.</summary>
internal sealed class DeadLetterRetention(NpgsqlDataSource postgres, OperationPartitions partitions) : IRetention
{
    public async Task KeepAsync(CancellationToken cancellation)
    {
        await using var command = postgres.CreateCommand("delete from dead_letters where discarded_at < $1");
        command.Parameters.Add(Sql.Value(partitions.OldestKept, NpgsqlDbType.TimestampTz));
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
