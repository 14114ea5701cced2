using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Library.Api.Http;

namespace Library.Api.Reading;

/// <summary>Answers a read of a list: one page, by key, so that every page costs the same.</summary>
internal sealed class PageReads(CatalogReader catalog, MinPosition minPosition)
{
    public async Task<IResult> AnswerAsync(HttpContext http, ResourceType type, PageRequest request)
    {
        var query = type.Plural + ":id";
        var after = request.StartOf(query);
        // One more than asked for tells whether there is a next page.
        Task<List<Representation>> ReadAsync(CancellationToken limit) => catalog.PageAsync(type, after, request.Limit + 1, limit);
        var rows = MinPosition.Read(http.Request) is { } position
            ? await minPosition.ReadAtAsync(position, ReadAsync, http.RequestAborted)
            : await ReadAsync(http.RequestAborted);
        var next = rows.Count > request.Limit ? Cursor.Write(query, rows[request.Limit - 1].Id) : null;
        if (next is not null)
        {
            var url = string.Create(CultureInfo.InvariantCulture, $"{http.Request.PathBase}{http.Request.Path}?limit={request.Limit}&after={next}");
            http.Response.Headers.Link = $"<{url}>; rel=\"next\"";
        }

        http.Response.Headers.CacheControl = "private, no-cache";
        return new JsonResult(StatusCodes.Status200OK, ToJson(rows.Take(request.Limit), next));
    }

    private static ReadOnlyMemory<byte> ToJson(IEnumerable<Representation> items, string? next)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartObject();
        json.WriteStartArray("items");
        foreach (var item in items) json.WriteRawValue(item.Json.Span, skipInputValidation: true);
        json.WriteEndArray();
        if (next is not null) json.WriteString("next", next);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
