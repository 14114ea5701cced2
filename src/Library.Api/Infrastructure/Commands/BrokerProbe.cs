namespace Library.Api.Infrastructure.Commands;

/// <summary>While the broker does not confirm publishes, probes it once a second.</summary>
internal sealed partial class BrokerProbe(ICommandBus bus, BrokerAvailability availability, TimeProvider time, ILogger<BrokerProbe> log) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            if (!availability.IsAvailable) await ProbeAsync(stoppingToken);
    }

    private async Task ProbeAsync(CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var timer = time.CreateTimer(state => ((CancellationTokenSource)state!).Cancel(), limit, Limit, Timeout.InfiniteTimeSpan);
        try
        {
            // The second timeout is needed because a publish does not always observe its cancellation token.
            await bus.ProbeAsync(limit.Token).WaitAsync(Limit + TimeSpan.FromMilliseconds(500), time, stopping);
            availability.MarkAvailable();
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested)
        {
            LogStillAway(fault.Message);
        }
    }

    [LoggerMessage(202, LogLevel.Debug, "The broker does not confirm publishes yet: {Reason}")]
    private partial void LogStillAway(string reason);
}
