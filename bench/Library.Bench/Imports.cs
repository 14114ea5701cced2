using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Library.Testing.Hosts;

namespace Library.Bench;

/// <summary>Imports over HTTP, as a client does them.</summary>
internal static class Imports
{
    /// <summary>Sends the file and waits until all of it is applied.</summary>
    /// <exception cref="InvalidOperationException">It ended otherwise, or a record was not applied.</exception>
    public static async Task<TimeSpan> ImportAsync(this HostProcess api, ImportFile file)
    {
        using var http = new HttpClient { BaseAddress = api.Url, Timeout = Timeout.InfiniteTimeSpan };
        var start = Stopwatch.GetTimestamp();
        await using var body = File.OpenRead(file.Path);
        using var content = new StreamContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-ndjson") } };
        using var accepted = (await http.PostAsync(new Uri("/v1/imports", UriKind.Relative), content)).EnsureSuccessStatusCode();
        while (true)
        {
            var import = await http.GetFromJsonAsync<JsonElement>(accepted.Headers.Location);
            var status = import.GetProperty("status").GetString();
            if (status is "succeeded" && import.GetProperty("applied").GetInt64() == file.Records) return Stopwatch.GetElapsedTime(start);
            if (status is not "running") throw new InvalidOperationException($"The import of {file.Records} records ended as {import}.");
            await Task.Delay(10);
        }
    }

    /// <summary>Waits until the relay has published all events.</summary>
    public static async Task UntilRelayedAsync(this LibraryService service)
    {
        while (await service.ScalarAsync<bool>("select position < (select max(seq_id) from mt_events) from relay_position")) await Task.Delay(20);
    }
}
