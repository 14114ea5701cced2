
namespace Library.Worker.Infrastructure.Storage;

/// <summary>Something of which only so much is kept.</summary>
internal interface IRetention
{
    /// <summary>Drops what is past its retention, and makes what will be needed soon.</summary>
    Task KeepAsync(CancellationToken cancellation);
}

/// <summary>Once an hour: keeps what has a retention within it.</summary>
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
                // A week of partitions lies ahead: there is time for many more tries.
                LogFailed(fault);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "What is past its retention could not be dropped, or what is due be made; it is tried again in an hour")]
    private partial void LogFailed(Exception fault);
}
