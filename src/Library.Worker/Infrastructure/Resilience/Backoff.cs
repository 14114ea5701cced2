namespace Library.Worker.Infrastructure.Resilience;

/// <summary>Exponential backoff: delays double from the first to the longest, minus up to a quarter. The jitter comes from the clock's last digits, so setting the clock makes it deterministic.</summary>
internal sealed class Backoff(TimeSpan first, TimeSpan longest, TimeProvider time)
{
    private TimeSpan _next;

    public void Reset() => _next = TimeSpan.Zero;

    public Task WaitAsync(CancellationToken cancellation)
    {
        var doubled = _next == TimeSpan.Zero ? first : _next * 2;
        _next = doubled < longest ? doubled : longest;
        var wait = _next * (1 - (time.GetTimestamp() % 256 / 1024.0));
        return Task.Delay(wait, time, cancellation);
    }
}
