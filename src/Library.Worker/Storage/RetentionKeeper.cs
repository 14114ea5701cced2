using Library.Worker.DeadLetters;

namespace Library.Worker.Storage;

/// <summary>Once an hour: makes the partitions of operations that are due, and drops what is past its retention.</summary>
internal sealed partial class RetentionKeeper(
    OperationPartitions partitions, IdempotencyKeyRetention keys, DeadLetterRetention letters, SchemaGate schema, TimeProvider time, ILogger<RetentionKeeper> log)
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
                await partitions.KeepAsync(stoppingToken);
                await keys.DropAsync(stoppingToken);
                await letters.DropAsync(stoppingToken);
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
