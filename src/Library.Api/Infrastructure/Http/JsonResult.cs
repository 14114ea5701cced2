using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Library.Api.Infrastructure.Http;

/// <summary>Writes JSON that is ready as UTF-8, with its length.</summary>
internal sealed class JsonResult(int status, ReadOnlyMemory<byte> json) : IResult
{
    private static readonly JsonResult NotModified = new(StatusCodes.Status304NotModified, default);

    public static JsonResult Of<T>(int status, T value, JsonTypeInfo<T> type) => new(status, JsonSerializer.SerializeToUtf8Bytes(value, type));

    /// <summary>A read that a client may keep and validate: 304 where it has this very ETag.</summary>
    public static JsonResult Validated(HttpContext http, string etag, ReadOnlyMemory<byte> json)
    {
        http.Response.Headers.ETag = etag;
        http.Response.Headers.CacheControl = "private, max-age=0, must-revalidate";
        return ETags.Matches(http.Request.Headers.IfNoneMatch, etag) ? NotModified : new JsonResult(StatusCodes.Status200OK, json);
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        if (status == StatusCodes.Status304NotModified) return Task.CompletedTask;
        response.ContentType = MediaTypes.Json;
        response.ContentLength = json.Length;
        if (HttpMethods.IsHead(httpContext.Request.Method)) return Task.CompletedTask;
        // With no token: to ask for the request's makes one, and to write to a client that left does nothing anyway.
        var writing = response.BodyWriter.WriteAsync(json);
        if (!writing.IsCompletedSuccessfully) return writing.AsTask();
        writing.GetAwaiter().GetResult();
        return Task.CompletedTask;
    }
}
