using System.IO.Pipelines;
using Microsoft.Extensions.Options;

namespace Library.Api.Features.Events;

/// <summary>Sends what was written to one client, as fast as that one reads.</summary>
internal sealed class FeedWriter(HttpContext http, PipeWriter body, IOptions<FeedOptions> options, TimeProvider time)
{
    public PipeWriter Body => body;

    /// <returns>False: the client is gone, or has read nothing for too long and was cut off.</returns>
    public async ValueTask<bool> FlushAsync(CancellationToken cancellation)
    {
        var flush = Body.FlushAsync(CancellationToken.None);
        if (flush.IsCompletedSuccessfully) return !flush.Result.IsCompleted;
        try
        {
            return !(await flush.AsTask().WaitAsync(options.Value.WriteTimeout, time, cancellation)).IsCompleted;
        }
        catch (Exception fault) when (fault is TimeoutException or OperationCanceledException)
        {
            // What is written but unread can't be taken back: the connection goes with it.
            http.Abort();
            return false;
        }
    }
}
