namespace Library.Api.Infrastructure.Commands;

/// <summary>While the gate is closed, tries once a second whether the broker confirms.</summary>
internal sealed partial class PublishGateProbe(ICommandBus bus, PublishGate gate, TimeProvider time, ILogger<PublishGateProbe> log) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            if (!gate.IsOpen) await ProbeAsync(stoppingToken);
    }

    private async Task ProbeAsync(CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var timer = time.CreateTimer(state => ((CancellationTokenSource)state!).Cancel(), limit, Limit, Timeout.InfiniteTimeSpan);
        try
        {
            // The second bound is there because a publish does not always heed its token.
            await bus.ProbeAsync(limit.Token).WaitAsync(Limit + TimeSpan.FromMilliseconds(500), time, stopping);
            gate.Open();
        }
        catch (Exception fault) when (!stopping.IsCancellationRequested)
        {
            LogStillAway(fault.Message);
        }
    }

    [LoggerMessage(202, LogLevel.Debug, "The broker does not confirm yet: {Reason}")]
    private partial void LogStillAway(string reason);
}
