using System.IO.Pipelines;
using Microsoft.Extensions.Options;

namespace Library.Api.Features.Events;

/// <summary>Sends buffered output to one client, as fast as the client reads.</summary>
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
            // Written but unread output cannot be taken back, so the connection is aborted.
            http.Abort();
            return false;
        }
    }
}
