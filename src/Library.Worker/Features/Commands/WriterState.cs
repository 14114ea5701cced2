namespace Library.Worker.Features.Commands;

/// <summary>How the writer is doing, for health and metrics.</summary>
internal sealed class WriterState
{
    private volatile string? _trouble = "The writer has not connected to the broker yet.";
    private long _deadLettered;

    /// <summary>What the writer waits for; null: nothing.</summary>
    public string? Trouble => _trouble;

    /// <summary>Messages that this process sent to the error queue.</summary>
    public long DeadLettered => Interlocked.Read(ref _deadLettered);

    public void IsWell() => _trouble = null;

    public void WaitsFor(string trouble) => _trouble = trouble;

    public void HasDeadLettered() => Interlocked.Increment(ref _deadLettered);
}
