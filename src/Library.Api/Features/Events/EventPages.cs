using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Lists;
using Library.Api.Infrastructure.Reading;

namespace Library.Api.Features.Events;

/// <summary>A page of events as one JSON object; its shape is <see cref="FeedResponse"/>.</summary>
internal sealed class EventPages(FeedReader reader, MinPosition minPosition)
{
    /// <summary>How many times one request continues to look for events of the requested types; bounds its cost.</summary>
    private const int MaxReads = 10;

    public async Task<IResult> AnswerAsync(HttpContext http, FeedRequest request)
    {
        Task<FeedPage> ReadAsync(CancellationToken limit) => CollectAsync(request, limit);
        var page = MinPosition.Read(http.Request) is { } position
            ? await minPosition.ReadAtAsync(position, ReadAsync, http.RequestAborted)
            : await ReadAsync(http.RequestAborted);
        http.Response.Headers.CacheControl = "private, no-cache";
        if (page.More)
        {
            var query = QueryString.Create([
                new("after", page.Through.ToString(CultureInfo.InvariantCulture)),
                .. http.Request.Query.Where(asked => asked.Key != "after").Select(asked => KeyValuePair.Create(asked.Key, (string?)asked.Value)),
            ]);
            http.Response.Headers.Link = $"<{http.Request.PathBase}{http.Request.Path}{query}>; rel=\"next\"";
        }

        return new JsonResult(StatusCodes.Status200OK, ToJson(page));
    }

    private async Task<FeedPage> CollectAsync(FeedRequest request, CancellationToken cancellation)
    {
        var page = new FeedPage([], request.After ?? 0, More: true);
        var limit = request.Limit ?? PageRequest.DefaultLimit;
        for (var reads = 0; page.Events.Count == 0 && page.More && reads < MaxReads; reads++)
            page = await reader.PageAsync(page.Through, request.StoredTypes, limit, cancellation);
        return page;
    }

    private static ReadOnlyMemory<byte> ToJson(FeedPage page)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartObject();
        json.WriteStartArray("items");
        foreach (var item in page.Events) json.WriteRawValue(item.Json.Span, skipInputValidation: true);
        json.WriteEndArray();
        if (page.More) json.WriteNumber("next", page.Through);
        json.WriteNumber("position", page.Through);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
