using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Library.Hosting.Health;

/// <summary>Whether Postgres answers within two seconds.</summary>
public sealed class PostgresHealthCheck(NpgsqlDataSource postgres) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(2));
        try
        {
            // A server that hangs does not answer the cancel request either, hence the second time-out.
            await AskAsync(limit.Token).WaitAsync(limit.Token);
            return HealthCheckResult.Healthy();
        }
        catch (Exception fault) when (fault is NpgsqlException or OperationCanceledException)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "Postgres does not answer", fault);
        }
    }

    private async Task AskAsync(CancellationToken cancellation)
    {
        await using var command = postgres.CreateCommand("select 1");
        await command.ExecuteScalarAsync(cancellation);
    }
}
