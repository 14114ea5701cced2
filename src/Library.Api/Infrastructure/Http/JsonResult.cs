using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Library.Api.Infrastructure.Compression;

namespace Library.Api.Infrastructure.Http;

/// <summary>Writes JSON that is ready as UTF-8, compressed where the client asks and it pays, with its length.</summary>
internal sealed class JsonResult : IResult
{
    private static readonly JsonResult NotModified = new(StatusCodes.Status304NotModified, ReadOnlyMemory<byte>.Empty);

    private readonly int _status;
    private readonly ReadOnlyMemory<byte> _json;
    private readonly ServedBytes? _served;

    public JsonResult(int status, ReadOnlyMemory<byte> json) => (_status, _json) = (status, json);

    /// <param name="json">Kept, so its compressed forms are made once.</param>
    public JsonResult(int status, ServedBytes json)
        : this(status, json.Plain) => _served = json;

    public static JsonResult Of<T>(int status, T value, JsonTypeInfo<T> type) => new(status, JsonSerializer.SerializeToUtf8Bytes(value, type));

    /// <summary>A read that a client may keep and validate: 304 where it has this very ETag.</summary>
    public static JsonResult Validated(HttpContext http, string etag, ServedBytes json)
    {
        http.Response.Headers.ETag = etag;
        http.Response.Headers.CacheControl = "private, max-age=0, must-revalidate";
        if (!ETags.Matches(http.Request.Headers.IfNoneMatch, etag)) return new JsonResult(StatusCodes.Status200OK, json);
        ContentCodings.Negotiate(http, json.Plain.Length, hasBody: false);
        return NotModified;
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = _status;
        if (_status == StatusCodes.Status304NotModified) return Task.CompletedTask;
        response.ContentType = MediaTypes.Json;
        var coding = ContentCodings.Negotiate(httpContext, _json.Length);
        var json = coding == ContentCoding.Identity ? _json : _served?.In(coding) ?? ServedBytes.Compress(_json.Span, coding);
        response.ContentLength = json.Length;
        if (HttpMethods.IsHead(httpContext.Request.Method)) return Task.CompletedTask;
        // No cancellation token: reading RequestAborted allocates one, and writing to a disconnected client does nothing anyway.
        var writing = response.BodyWriter.WriteAsync(json);
        if (!writing.IsCompletedSuccessfully) return writing.AsTask();
        writing.GetAwaiter().GetResult();
        return Task.CompletedTask;
    }
}
