using System.Diagnostics;
using System.Text.Json;
using Library.Api.Infrastructure.Compression;
using Library.Contracts;
using Library.Contracts.Serialization;

namespace Library.Api.Infrastructure.Http;

/// <summary>The one place that writes problem details (RFC 9457).</summary>
internal static class ProblemWriter
{
    public const string MediaType = "application/problem+json";

    public static async Task WriteAsync(HttpContext http, Problem problem)
    {
        var response = http.Response;
        response.StatusCode = problem.Status;
        response.ContentType = MediaType;
        response.Headers.CacheControl = "no-store";
        // Set again, since the headers are cleared when a fault is handled.
        response.Headers.XContentTypeOptions = "nosniff";
        if (problem.Status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests && response.Headers.RetryAfter.Count == 0) response.Headers.RetryAfter = "1";
        if (LingeringClose.EndsConnection(http)) response.Headers.Connection = "close";
        if (problem.Status == StatusCodes.Status415UnsupportedMediaType) TellMediaType(http);

        var body = JsonSerializer.SerializeToNode(problem, LibraryJsonContext.Default.Problem)!.AsObject();
        // Only a fault needs a trace id: its exception is in the log, never in the response.
        if (problem.Status == StatusCodes.Status500InternalServerError) body["traceId"] = TraceIdOf(http);
        var json = JsonSerializer.SerializeToUtf8Bytes(body, ResponseJson.Options);
        if (ContentCodings.Negotiate(http, json.Length) is not ContentCoding.Identity and var coding) json = ServedBytes.Compress(json, coding);
        response.ContentLength = json.Length;
        if (!HttpMethods.IsHead(http.Request.Method)) await response.Body.WriteAsync(json);
    }

    /// <summary>What finds the log entry of a request: its trace, or a name of its own where there is none.</summary>
    public static string TraceIdOf(HttpContext http) => Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier;

    /// <summary>RFC 9110, 15.5.16; RFC 5789, 2.2; Linked Data Platform 1.0, 7.1.</summary>
    private static void TellMediaType(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.Accept = string.Join(", ", MediaTypes.TakenBy(http));
        // RFC 9110, 12.5.3: what else the content encoding may be.
        headers.AcceptEncoding = http.GetEndpoint()?.Metadata.GetMetadata<ContentEncodingRoute>()?.Encoding ?? "identity";
        if (HttpMethods.IsPatch(http.Request.Method)) headers["Accept-Patch"] = headers.Accept;
        if (HttpMethods.IsPost(http.Request.Method)) headers["Accept-Post"] = headers.Accept;
    }
}
