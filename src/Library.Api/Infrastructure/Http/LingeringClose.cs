using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Library.Api.Infrastructure.Http;

/// <summary>
/// A response that is ready before the body has been read is sent first. Then the rest of the body is read and discarded, within limits, and
/// the connection is closed. If it were closed immediately, a client that is still sending might never see the response.
/// </summary>
internal sealed class LingeringClose(RequestDelegate next, IOptions<LimitOptions> limits, TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>A body up to this length is read off within a moment, and its connection can be used again.</summary>
    private const int KeptAliveBytes = 64 * 1024;

    public Task InvokeAsync(HttpContext http) => HasBody(http) ? AnswerAsync(http) : next(http);

    /// <summary>Whether the client should be told that the connection ends with this answer.</summary>
    public static bool EndsConnection(HttpContext http) =>
        HasBody(http) && http.Features.Get<BodyBytes>() is null && http.Request.ContentLength is not <= KeptAliveBytes;

    /// <summary>Reads and discards the rest of the body.</summary>
    /// <returns>True: the body was read to its end; false: a limit was reached.</returns>
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
