using System.IO.Pipelines;

namespace Library.Api.Features.Imports;

/// <summary>Sends at the client's own pace, down to a minimum rate: unread data holds a connection to the database and, during an export, a snapshot.</summary>
/// <param name="body">Of the answer, before it is compressed.</param>
/// <param name="minRate">Bytes a second, on average over half a minute in which it kept us waiting most of the time.</param>
internal sealed partial class TransferPace(HttpContext http, PipeWriter body, int minRate, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private long _windowBegan = time.GetTimestamp();
    private TimeSpan _blocked;
    private long _bytes;

    /// <exception cref="OperationCanceledException">The client was too slow, and is cut off.</exception>
    public async Task FlushAsync(CancellationToken cancellation)
    {
        var bytes = body.UnflushedBytes;
        var flushing = body.FlushAsync(cancellation);
        if (!flushing.IsCompletedSuccessfully) await WaitAsync(flushing.AsTask(), cancellation);
        _bytes += bytes;
        Turn();
    }

    /// <param name="blocked">How long of a window the client kept us waiting.</param>
    /// <param name="bytes">What it took in that window.</param>
    internal static bool IsTooSlow(TimeSpan blocked, long bytes, int minRate) => blocked > Window / 2 && bytes < minRate * Window.TotalSeconds;

    private async Task WaitAsync(Task<FlushResult> flushing, CancellationToken cancellation)
    {
        while (true)
        {
            var began = time.GetTimestamp();
            try
            {
                await flushing.WaitAsync(Look, time, cancellation);
                _blocked += time.GetElapsedTime(began);
                return;
            }
            catch (TimeoutException)
            {
                _blocked += time.GetElapsedTime(began);
                Turn();
            }
        }
    }

    private void Turn()
    {
        if (time.GetElapsedTime(_windowBegan) < Window) return;
        if (IsTooSlow(_blocked, _bytes, minRate))
        {
            LogCut(http.Request.Path, _bytes, Window.TotalSeconds);
            http.Abort();
            throw new OperationCanceledException("The client takes too little of the answer.");
        }

        (_windowBegan, _blocked, _bytes) = (time.GetTimestamp(), TimeSpan.Zero, 0);
    }

    [LoggerMessage(510, LogLevel.Warning, "{Path} was aborted: the client read only {Bytes} bytes in {Seconds} s")]
    private partial void LogCut(string path, long bytes, double seconds);
}
