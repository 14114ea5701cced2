using Microsoft.Net.Http.Headers;

namespace Library.Bench.Twins;

/// <summary>Answers with the very bytes and headers that <c>Of</c> was answered with, and with 304 where its ETag is known.</summary>
internal static class CopyTwin
{
    private static readonly string[] Transport = [HeaderNames.Date, HeaderNames.TransferEncoding, HeaderNames.ContentLength];

    public static async Task MapAsync(WebApplication app)
    {
        var original = new Uri(app.Configuration["Of"]!);
        using var http = new HttpClient();
        using var answer = await http.GetAsync(original);
        answer.EnsureSuccessStatusCode();
        var body = await answer.Content.ReadAsByteArrayAsync();
        var contentType = answer.Content.Headers.ContentType!.ToString();
        var headers = answer.Headers.Where(header => !Transport.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
            .Select(header => (header.Key, Value: string.Join(", ", header.Value))).ToArray();
        var etag = answer.Headers.ETag?.ToString();
        app.MapGet(original.AbsolutePath, (RequestDelegate)(async context =>
        {
            var response = context.Response;
            foreach (var (name, value) in headers) response.Headers[name] = value;
            if (etag is not null && context.Request.Headers.IfNoneMatch == etag)
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }

            response.ContentType = contentType;
            response.ContentLength = body.Length;
            await response.BodyWriter.WriteAsync(body);
        }));
    }
}
