using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Library.Api.Http;

/// <summary>Writes JSON that is ready as UTF-8, with its length.</summary>
internal sealed class JsonResult(int status, ReadOnlyMemory<byte> json) : IResult
{
    private static readonly IResult NotModified = Results.StatusCode(StatusCodes.Status304NotModified);

    public static JsonResult Of<T>(int status, T value, JsonTypeInfo<T> type) => new(status, JsonSerializer.SerializeToUtf8Bytes(value, type));

    /// <summary>A read that a client may keep and validate: 304 where it has this very ETag.</summary>
    public static IResult Validated(HttpContext http, string etag, ReadOnlyMemory<byte> json)
    {
        http.Response.Headers.ETag = etag;
        http.Response.Headers.CacheControl = "private, max-age=0, must-revalidate";
        return ETags.Matches(http.Request.Headers.IfNoneMatch, etag) ? NotModified : new JsonResult(StatusCodes.Status200OK, json);
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = MediaTypes.Json;
        response.ContentLength = json.Length;
        if (!HttpMethods.IsHead(httpContext.Request.Method)) await response.BodyWriter.WriteAsync(json, httpContext.RequestAborted);
    }
}
