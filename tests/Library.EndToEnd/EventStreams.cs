using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Library.Testing.Hosts;

namespace Library.EndToEnd;

/// <summary>A client of the feed of events.</summary>
internal static class EventStreams
{
    private const string Path = "/v1/events";

    /// <summary>A live stream: ends when the server ends it, fails when the connection breaks.</summary>
    /// <param name="resume">Where to resume, in the header or, every other time, in the query; null: from now on.</param>
    /// <param name="opened">Called with the head of the answer.</param>
    public static async IAsyncEnumerable<SseItem<JsonElement>> StreamAsync(
        this HostProcess api, long? resume, string? types = null, Action? opened = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var inQuery = resume % 2 == 0;
        var query = string.Join('&', new[] { inQuery ? $"after={resume}" : null, types is null ? null : $"types={types}" }.OfType<string>());
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{Path}?{query}", UriKind.Relative));
        request.Headers.Accept.Add(new("text/event-stream"));
        if (resume is not null && !inQuery) request.Headers.Add("Last-Event-ID", resume.Value.ToString(CultureInfo.InvariantCulture));
        using var answer = await api.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        answer.EnsureSuccessStatusCode();
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        opened?.Invoke();
        await using var body = await answer.Content.ReadAsStreamAsync(cancellation);
        var messages = SseParser.Create(body, (_, data) => JsonSerializer.Deserialize<JsonElement>(data));
        await foreach (var message in messages.EnumerateAsync(cancellation)) yield return message;
    }

    public static long Position(this SseItem<JsonElement> message) => long.Parse(message.EventId!, CultureInfo.InvariantCulture);

    /// <summary>The catch-up: every line.</summary>
    public static async Task<List<JsonElement>> LinesAsync(this HostProcess api, string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{Path}?{query}", UriKind.Relative));
        request.Headers.Accept.Add(new("application/x-ndjson"));
        using var answer = await api.Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-ndjson");
        return [.. (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
    }
}
