using System.Net;
using Library.Testing;
using Library.Testing.Hosts;

namespace Library.EndToEnd;

/// <summary>Cached pages follow the events on every instance: their time limit, an hour here, is only the safety net.</summary>
public sealed class ListFreshnessTests(TestServers servers) : IAsyncLifetime
{
    private LibraryService _service = null!;
    private HostProcess _api = null!;
    private HostProcess _other = null!;

    public async ValueTask InitializeAsync()
    {
        _service = await LibraryService.CreateAsync(servers);
        _service["Library__Cache__Duration"] = "01:00:00";
        (_api, _) = await _service.StartAsync();
        _other = _service.StartApi();
        await _other.WhenReadyAsync();
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task A_change_shows_on_the_cached_pages_of_every_instance()
    {
        var author = await _api.CreateAuthorAsync("Ada");
        var book = await _api.CreateBookAsync("Tales", author);
        string[] paths = ["/v1/authors?sort=name", "/v1/books?include=authors", $"/v1/books/{book}/authors", "/v1/authors?q=ada*"];
        foreach (var path in paths) await CachedAsync(path, "Ada");

        var position = (await _api.PatchAsync($"/v1/authors/{author}", new { name = "Adam" }, Requests.Wait)).Is(HttpStatusCode.OK).Header("Library-Position")!;
        foreach (var path in paths)
        {
            (await _other.GetAsync(path, ("Library-Min-Position", position))).Is(HttpStatusCode.OK).Body.GetRawText().ShouldContain("Adam");
            await CachedAsync(path, "Adam");
        }

        await _api.DeleteAsync($"/v1/authors/{author}", Requests.Wait);
        foreach (var path in paths[..2]) await EveryInstanceAsync(path, page => !page.Contains("Adam", StringComparison.Ordinal), "shows no deleted author");
    }

    /// <summary>Until both show it, from their caches.</summary>
    private Task CachedAsync(string path, string name) => EveryInstanceAsync(path, page => page.Contains($"\"{name}\"", StringComparison.Ordinal), $"shows {name}");

    private async Task EveryInstanceAsync(string path, Func<string, bool> shows, string what)
    {
        foreach (var api in (HostProcess[])[_api, _other])
        {
            await Eventually.HoldsAsync(
                async () =>
                {
                    var answer = (await api.GetAsync(path)).Is(HttpStatusCode.OK);
                    return shows(answer.Body.GetRawText()) && answer.Header("Cache-Status") == "library; hit";
                },
                $"{path} {what}");
        }
    }
}
