namespace Library.Api.Infrastructure.Commands;

/// <summary>
/// Whether commands are worth publishing. Closed from the first time-out, or word of a lost connection, until a probe or a new connection
/// proves the broker there: without it every request of an outage would wait out its whole limit.
/// </summary>
internal sealed partial class PublishGate(ILogger<PublishGate> log)
{
    // Closed until the channel is open for the first time.
    private int _open;

    public bool IsOpen => Volatile.Read(ref _open) == 1;

    public void Open()
    {
        if (Interlocked.Exchange(ref _open, 1) == 0) LogOpened();
    }

    public void Close(string reason)
    {
        if (Interlocked.Exchange(ref _open, 0) == 1) LogClosed(reason);
    }

    [LoggerMessage(200, LogLevel.Information, "Commands are accepted: the broker confirms")]
    private partial void LogOpened();

    [LoggerMessage(201, LogLevel.Warning, "Commands are refused until the broker confirms again: {Reason}")]
    private partial void LogClosed(string reason);
}
