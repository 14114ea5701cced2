using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Library.Api.Infrastructure.Http;

/// <summary>
/// An answer that is there before the body has been read goes out first; then what still comes is read and thrown away, within bounds, and
/// the connection is closed. Closed at once, a client that is still sending would be cut off and might never see the answer.
/// </summary>
internal sealed class LingeringClose(RequestDelegate next, IOptions<LimitOptions> limits, TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>A body up to this length is read off within a moment, and its connection can be used again.</summary>
    private const int KeptAliveBytes = 64 * 1024;

    public Task InvokeAsync(HttpContext http) => HasBody(http) ? AnswerAsync(http) : next(http);

    /// <summary>Whether the client should be told that the connection ends with this answer.</summary>
    public static bool EndsConnection(HttpContext http) =>
        HasBody(http) && http.Features.Get<BodyBytes>() is null && http.Request.ContentLength is not <= KeptAliveBytes;

    /// <summary>Reads on and throws away.</summary>
    /// <returns>Whether nothing more comes; false: a bound was met.</returns>
    internal static async Task<bool> DrainAsync(PipeReader body, LimitOptions limits, TimeProvider time, CancellationToken stop)
    {
        var started = time.GetTimestamp();
        using var silence = new CancellationTokenSource(limits.LingerSilence, time);
        await using var stopping = stop.UnsafeRegister(static silence => ((CancellationTokenSource)silence!).Cancel(), silence);
        try
        {
            for (var bytes = 0L; bytes <= limits.LingerBytes;)
            {
                var left = limits.LingerTime - time.GetElapsedTime(started);
                if (left <= TimeSpan.Zero) return false;
                silence.CancelAfter(left < limits.LingerSilence ? left : limits.LingerSilence);
                var read = await body.ReadAsync(silence.Token);
                bytes += read.Buffer.Length;
                body.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) return true;
            }

            return false;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (IOException)
        {
            // The client has gone, or it is no proper body any more: the server closes such a connection by itself, once the answer is out.
            return true;
        }
    }

    // HTTP/2 ends one stream, not the connection, and says so.
    private static bool HasBody(HttpContext http) =>
        http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true } && !HttpProtocol.IsHttp2(http.Request.Protocol) && !HttpProtocol.IsHttp3(http.Request.Protocol);

    private async Task AnswerAsync(HttpContext http)
    {
        await next(http);
        if (http.Features.Get<BodyBytes>() is not null || http.RequestAborted.IsCancellationRequested) return;
        await http.Response.CompleteAsync();
        if (!await DrainAsync(http.Request.BodyReader, limits.Value, time, lifetime.ApplicationStopping)) http.Abort();
    }
}
