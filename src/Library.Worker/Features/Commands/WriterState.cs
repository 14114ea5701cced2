namespace Library.Worker.Features.Commands;

/// <summary>How the writer is doing, for health and metrics.</summary>
internal sealed class WriterState
{
    private volatile string? _trouble = "The writer has not connected to the broker yet.";
    private long _putAside;

    /// <summary>What the writer waits for; null: nothing.</summary>
    public string? Trouble => _trouble;

    /// <summary>Messages that this process sent to the error queue.</summary>
    public long PutAside => Interlocked.Read(ref _putAside);

    public void IsWell() => _trouble = null;

    public void WaitsFor(string trouble) => _trouble = trouble;

    public void HasPutAside() => Interlocked.Increment(ref _putAside);
}
