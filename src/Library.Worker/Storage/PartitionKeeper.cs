namespace Library.Worker.Storage;

/// <summary>Looks after the partitions of operations once an hour; the schema migration does it at start.</summary>
internal sealed partial class PartitionKeeper(OperationPartitions partitions, SchemaGate schema, TimeProvider time, ILogger<PartitionKeeper> log) : BackgroundService
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
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // A week of partitions lies ahead: there is time for many more tries.
                LogFailed(fault);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Partitions of operations could not be made or dropped; it is tried again in an hour")]
    private partial void LogFailed(Exception fault);
}
