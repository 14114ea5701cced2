using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Library.Testing;

namespace Library.Faults;

/// <summary>A client that loads a file in the middle of everything, and sends it again under its key until it is taken.</summary>
internal sealed class ImportLoad(Cluster cluster, long name)
{
    private const int Authors = 20;
    private const int Records = 3 * Authors;

    private Guid? _id;
    private int _sent;

    public async Task RunAsync()
    {
        await Eventually.HoldsAsync(async () => (_id = await SendAsync()) is not null, "an import is taken");
        await Eventually.HoldsAsync(async () => await cluster.Service.ScalarAsync<string>($"select status from imports where id = '{_id}'") is "succeeded" or "failed", "the import is through");
    }

    /// <returns>Null: it is not known to be taken.</returns>
    public async Task<Guid?> SendAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/v1/imports", UriKind.Relative)) { Content = new StringContent(File()) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        request.Headers.Add("Idempotency-Key", string.Create(CultureInfo.InvariantCulture, $"\"import-{name}\""));
        try
        {
            using var response = await cluster.Apis[_sent++ % 2].Http.SendAsync(request);
            if (response.StatusCode != HttpStatusCode.Accepted) return null;
            return JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()).GetProperty("id").GetGuid();
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException or IOException)
        {
            return null;
        }
    }

    public async Task<IEnumerable<string>> ViolationsAsync()
    {
        var told = await cluster.Service.ScalarAsync<string>($"select concat_ws(' ', status, applied, unchanged, refused) from imports where id = '{_id}'");
        var events = await cluster.Service.ScalarAsync<long>($"select count(*) from mt_events where headers->>'importId' = '{_id}'");
        var resources = await cluster.Service.ScalarAsync<long>($"select count(distinct stream_id) from mt_events where headers->>'importId' = '{_id}'");
        // One of its own tells that it is through.
        return told == $"succeeded {Records} 0 0" && events == Records + 1 && resources == events
            ? []
            : [$"import {_id}: {told}, {events} events of {resources} resources, for {Records} records"];
    }

    private string File()
    {
        var file = new StringBuilder();
        for (var i = 0; i < Authors; i++)
        {
            file.AppendLine(CultureInfo.InvariantCulture, $$"""{"type":"book","key":"{{name}}-b{{2 * i}}","title":"Imported","authorKeys":["{{name}}-a{{i}}"]}""");
            file.AppendLine(CultureInfo.InvariantCulture, $$"""{"type":"author","key":"{{name}}-a{{i}}","name":"Imported"}""");
            file.AppendLine(CultureInfo.InvariantCulture, $$"""{"type":"book","key":"{{name}}-b{{(2 * i) + 1}}","title":"Imported","authorKeys":["{{name}}-a{{i}}"]}""");
        }

        return file.ToString();
    }
}
