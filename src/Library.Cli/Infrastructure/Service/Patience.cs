using System.Diagnostics;

namespace Library.Cli.Infrastructure.Service;

/// <summary>How long to try again after the service was there and has gone. One that was never there is not waited for: the address may be wrong.</summary>
internal sealed class Patience(TimeSpan limit)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private bool _heard;
    private long? _awaySince;

    /// <summary>A sign of life.</summary>
    public void Heard() => (_heard, _awaySince) = (true, null);

    /// <summary>The service answers, but the request has not succeeded yet: the time limit continues to run.</summary>
    public void Met() => _heard = true;

    /// <summary>Returns when it is time for the next try.</summary>
    /// <exception cref="ServiceAwayException">The time limit is over.</exception>
    public async Task WaitAsync(ServiceAwayException fault, CancellationToken cancellation)
    {
        _awaySince ??= Stopwatch.GetTimestamp();
        if (!_heard || Stopwatch.GetElapsedTime(_awaySince.Value) >= limit) throw fault;
        await Task.Delay(Pause, cancellation);
    }
}
