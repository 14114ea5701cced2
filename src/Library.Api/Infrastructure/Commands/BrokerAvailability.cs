namespace Library.Api.Infrastructure.Commands;

/// <summary>
/// Whether commands are worth publishing. Closed from the first time-out, or word of a lost connection, until a probe or a new connection
/// proves the broker there: without it every request of an outage would wait out its whole limit.
/// </summary>
internal sealed partial class BrokerAvailability(ILogger<BrokerAvailability> log)
{
    // Closed until the channel is open for the first time.
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

    [LoggerMessage(200, LogLevel.Information, "Commands are accepted: the broker confirms")]
    private partial void LogAvailable();

    [LoggerMessage(201, LogLevel.Warning, "Commands are refused until the broker confirms again: {Reason}")]
    private partial void LogUnavailable(string reason);
}
