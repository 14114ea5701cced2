namespace Library.Api.Infrastructure.Commands;

/// <summary>
/// A circuit breaker for publishing commands. Open from the first time-out or lost connection until a probe or a new connection
/// shows that the broker is back: without it every request during an outage would wait for its full time limit.
/// </summary>
internal sealed partial class BrokerAvailability(ILogger<BrokerAvailability> log)
{
    // Commands are refused until the channel is open for the first time.
    private int _available;

    public bool IsAvailable => Volatile.Read(ref _available) == 1;

    public void MarkAvailable()
    {
        if (Interlocked.Exchange(ref _available, 1) == 0) LogAvailable();
    }

    public void MarkUnavailable(string reason)
    {
        if (Interlocked.Exchange(ref _available, 0) == 1) LogUnavailable(reason);
    }

    [LoggerMessage(200, LogLevel.Information, "The broker confirms publishes: commands are accepted")]
    private partial void LogAvailable();

    [LoggerMessage(201, LogLevel.Warning, "Commands are refused until the broker confirms publishes again: {Reason}")]
    private partial void LogUnavailable(string reason);
}
