using Npgsql;

namespace Library.Api.Infrastructure.Reading;

/// <summary>Queries Postgres within the time that a client waits. A statement may run twice, so it must be idempotent.</summary>
/// <param name="limit">Of one read; null: <see cref="Limit"/>.</param>
internal sealed class Database(NpgsqlDataSource postgres, TimeProvider time, TimeSpan? limit = null)
{
    /// <summary>With what else a request does, less than five seconds.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    private readonly TimeSpan _limit = limit ?? Limit;

    /// <exception cref="TimeoutException">No answer within the limit.</exception>
    public Task<T> ReadAsync<T>(
        string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, CancellationToken, Task<T>> read, CancellationToken cancellation) =>
        WithinLimitAsync(ending => RunAsync(sql, parameters, read, ending), cancellation);

    /// <summary>Several statements, one after another on one connection, in one round trip.</summary>
    /// <exception cref="TimeoutException">No answer within the limit.</exception>
    public Task<T> ReadAsync<T>(
        IReadOnlyList<NpgsqlBatchCommand> statements, Func<NpgsqlDataReader, CancellationToken, Task<T>> read, CancellationToken cancellation) =>
        WithinLimitAsync(ending => RunAsync(statements, read, ending), cancellation);

    private async Task<T> WithinLimitAsync<T>(Func<CancellationToken, Task<T>> run, CancellationToken cancellation)
    {
        // Neither linked nor with a timer, so it need not be disposed, and a caller that stopped waiting may cancel the read at any time.
        var ending = new CancellationTokenSource();
        try
        {
            // A cancelled read first sends a cancel request and waits for the server's answer; a server that is gone never answers.
            return await RunAsync(run, ending, cancellation).WaitAsync(_limit, time, cancellation);
        }
        catch (TimeoutException)
        {
            _ = ending.CancelAsync();
            throw;
        }
    }

    private static async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> run, CancellationTokenSource ending, CancellationToken cancellation)
    {
        // Disposed here and not by the waiting caller, which would otherwise wait for a cancellation in progress.
        using var leaving = cancellation.UnsafeRegister(static ending => ((CancellationTokenSource)ending!).Cancel(), ending);
        return await run(ending.Token);
    }

    private async Task<T> RunAsync<T>(
        string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, CancellationToken, Task<T>> read, CancellationToken ending)
    {
        await using var command = postgres.CreateCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        await using var row = await ExecuteAsync(command, static (command, ending) => command.ExecuteReaderAsync(ending), ending);
        return await read(row, ending);
    }

    private async Task<T> RunAsync<T>(
        IReadOnlyList<NpgsqlBatchCommand> statements, Func<NpgsqlDataReader, CancellationToken, Task<T>> read, CancellationToken ending)
    {
        await using var batch = postgres.CreateBatch();
        foreach (var statement in statements) batch.BatchCommands.Add(statement);
        await using var row = await ExecuteAsync(batch, static (batch, ending) => batch.ExecuteReaderAsync(ending), ending);
        return await read(row, ending);
    }

    /// <summary>Retries once if the pooled connection turns out to be broken, as all are after a restart of Postgres: Npgsql then clears the pool.</summary>
    private static async Task<NpgsqlDataReader> ExecuteAsync<TStatement>(
        TStatement statement, Func<TStatement, CancellationToken, Task<NpgsqlDataReader>> execute, CancellationToken ending)
    {
        try
        {
            return await execute(statement, ending);
        }
        catch (NpgsqlException fault) when (fault is PostgresException { SqlState: PostgresErrorCodes.AdminShutdown } or { InnerException: IOException })
        {
            return await execute(statement, ending);
        }
    }
}
