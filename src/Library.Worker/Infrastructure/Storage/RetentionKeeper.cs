
namespace Library.Worker.Infrastructure.Storage;

/// <summary>Something with a retention.</summary>
internal interface IRetention
{
    /// <summary>Drops what is past its retention, and makes what will be needed soon.</summary>
    Task KeepAsync(CancellationToken cancellation);
}

/// <summary>Applies every retention once an hour.</summary>
internal sealed partial class RetentionKeeper(
    IEnumerable<IRetention> retentions, SchemaReadiness schema, TimeProvider time, ILogger<RetentionKeeper> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (var retention in retentions) await retention.KeepAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // Partitions exist for a week ahead, so there is time for many retries.
                LogFailed(fault);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Retention failed: expired rows could not be dropped, or due partitions not created; retrying in an hour")]
    private partial void LogFailed(Exception fault);
}
