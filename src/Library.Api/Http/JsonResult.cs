using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Library.Api.Http;

/// <summary>Writes JSON that is ready as UTF-8, with its length.</summary>
internal sealed class JsonResult(int status, ReadOnlyMemory<byte> json) : IResult
{
    public static JsonResult Of<T>(int status, T value, JsonTypeInfo<T> type) => new(status, JsonSerializer.SerializeToUtf8Bytes(value, type));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = MediaTypes.Json;
        response.ContentLength = json.Length;
        if (!HttpMethods.IsHead(httpContext.Request.Method)) await response.BodyWriter.WriteAsync(json, httpContext.RequestAborted);
    }
}
