using Npgsql;

namespace Library.Api.Reading;

/// <summary>Postgres within the time that a client waits.</summary>
/// <param name="limit">Of one read; null: <see cref="Limit"/>.</param>
internal sealed class Database(NpgsqlDataSource postgres, TimeProvider time, TimeSpan? limit = null)
{
    /// <summary>With what else a request does, less than five seconds.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    private readonly TimeSpan _limit = limit ?? Limit;

    /// <exception cref="TimeoutException">No answer within the limit.</exception>
    public Task<T> ReadAsync<T>(
        string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        var statement = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters) statement.Parameters.Add(parameter);
        return ReadAsync([statement], read, cancellation);
    }

    /// <summary>Several statements, one after another on one connection, in one round trip.</summary>
    /// <exception cref="TimeoutException">No answer within the limit.</exception>
    public async Task<T> ReadAsync<T>(
        IReadOnlyList<NpgsqlBatchCommand> statements, Func<NpgsqlDataReader, CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        try
        {
            // A cancelled read first asks the server to stop and waits for its word; a server that is gone never gives it.
            return await RunAsync(statements, read, cancellation).WaitAsync(_limit, time, cancellation);
        }
        catch (OperationCanceledException fault) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException("Postgres did not answer in time", fault);
        }
    }

    private async Task<T> RunAsync<T>(
        IReadOnlyList<NpgsqlBatchCommand> statements, Func<NpgsqlDataReader, CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        // Disposed here and not by who waits: that, too, would wait for a cancellation that is under way.
        using var end = new CancellationTokenSource(_limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, end.Token);
        await using var batch = postgres.CreateBatch();
        foreach (var statement in statements) batch.BatchCommands.Add(statement);
        await using var row = await batch.ExecuteReaderAsync(either.Token);
        return await read(row, either.Token);
    }
}
