using System.Net;
using System.Text;
using System.Text.Json;
using Library.Testing;
using Library.Testing.Hosts;

namespace Library.EndToEnd;

/// <summary>Files to load, and how to load them.</summary>
internal static class Imports
{
    private const string NdJson = "application/x-ndjson";

    /// <summary>A catalog of so many records, a third of them authors, books before and after theirs.</summary>
    public static string File(int records) => string.Concat(Enumerable.Range(0, records).Select(i => i % 3 == 0
        ? $$"""{"type":"author","key":"a{{i}}","name":"Author “{{i}}”","bio":{{(i % 2 == 0 ? "\"\"" : "\"Writes,\\nand \\\"more\\\".\"")}},"birthDate":"1901-02-03"}""" + "\n"
        : $$"""{"type":"book","key":"b{{i}}","title":"Book {{i}}, Łódź 👀","publishDate":"1999-12-31","authorKeys":["a{{i / 3 * 3}}","a{{(i * 7 % records) / 3 * 3}}"]}""".Replace($"\"a{i / 3 * 3}\",\"a{i / 3 * 3}\"", $"\"a{i / 3 * 3}\"", StringComparison.Ordinal) + "\n"));

    public static async Task<Answer> ImportAsync(this HostProcess api, HttpContent body, string query = "", string type = NdJson, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/v1/imports" + query, UriKind.Relative)) { Content = body };
        body.Headers.ContentType = new(type);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        using var response = await api.Http.SendAsync(request);
        return new Answer(
            response.StatusCode,
            response.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
            JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()));
    }

    public static Task<Answer> ImportAsync(this HostProcess api, string file, string query = "", string type = NdJson, string? key = null) =>
        api.ImportAsync(new StringContent(file), query, type, key);

    /// <summary>Waits for the import's end, and says: status applied/unchanged/refused.</summary>
    public static async Task<string> EndOfImportAsync(this HostProcess api, Answer accepted, TimeSpan? deadline = null)
    {
        var path = $"/v1/imports/{accepted.Is(HttpStatusCode.Accepted).Id}";
        var import = accepted.Body;
        await Eventually.HoldsAsync(
            async () => (import = (await api.GetAsync(path)).Is(HttpStatusCode.OK).Body).TryGetProperty("completedAt", out _), $"the import ends: {import}", deadline);
        return $"{import.GetProperty("status")} {import.GetProperty("applied")}/{import.GetProperty("unchanged")}/{import.GetProperty("refused")}";
    }

    public static Task<string> ExportAsync(this HostProcess api, string query = "") => api.Http.GetStringAsync(new Uri("/v1/export" + query, UriKind.Relative));

    public static async Task<IReadOnlyList<(long Line, string Kind, JsonElement Record, JsonElement Problem)>> RefusedAsync(this HostProcess api, Guid importId)
    {
        var lines = await api.Http.GetStringAsync(new Uri($"/v1/imports/{importId}/refused", UriKind.Relative));
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).Select(refused => (
            refused.GetProperty("line").GetInt64(), refused.GetProperty("problem").GetProperty("type").GetString()!.Split('#')[1], refused.GetProperty("record"), refused.GetProperty("problem")))];
    }

    /// <summary>A body that breaks off when that time has come.</summary>
    public sealed class BrokenBody(string text, Func<Task> untilThen) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(text));
            await stream.FlushAsync();
            await untilThen();
            throw new IOException("The client is gone.");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
