using System.Diagnostics;
using System.Net;
using Library.Testing;
using Library.Testing.Hosts;

namespace Library.EndToEnd;

/// <summary>An instance that hears of no events any more: its broker says nothing, and the connection stays.</summary>
public sealed class StalenessTests(TestServers servers)
{
    private const int Changes = 5;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Without_events_nothing_is_staler_than_the_time_limit_and_a_position_asked_for_is_shown()
    {
        var vhost = await servers.CreateVhostAsync();
        await using var link = new Link(vhost.Host, vhost.Port);
        await using var service = new LibraryService(await servers.CreateDatabaseAsync(), vhost);
        service["Library__Cache__Duration"] = Duration.ToString();
        var (api, _) = await service.StartAsync();
        service["Library__RabbitMq__Uri"] = new UriBuilder(vhost) { Host = "127.0.0.1", Port = link.Port }.Uri.ToString();
        var deaf = service.StartApi();
        await deaf.WhenReadyAsync();
        var author = await api.CreateAuthorAsync("Version 0");
        string[] paths = [$"/v1/authors/{author}", "/v1/authors?sort=name"];

        link.Hold();
        var longest = TimeSpan.Zero;
        for (var version = 1; version <= Changes; version++)
        {
            // Into the cache.
            foreach (var path in paths) (await deaf.GetAsync(path)).Is(HttpStatusCode.OK);
            var changed = (await api.PatchAsync($"/v1/authors/{author}", new { name = $"Version {version}" }, Requests.Wait)).Is(HttpStatusCode.OK);
            var known = Stopwatch.GetTimestamp();
            foreach (var path in paths)
                Shows(await deaf.GetAsync(path, ("Library-Min-Position", changed.Header("Library-Position")!)), version).ShouldBeTrue();
            foreach (var path in paths)
            {
                for (var asked = Stopwatch.GetElapsedTime(known); !Shows(await deaf.GetAsync(path), version); asked = Stopwatch.GetElapsedTime(known))
                {
                    asked.ShouldBeLessThan(Duration);
                    longest = longest > asked ? longest : asked;
                }
            }
        }

        // Else no cache was asked at all.
        longest.ShouldBeGreaterThan(TimeSpan.Zero);
        TestContext.Current.TestOutputHelper?.WriteLine($"Longest staleness: {longest.TotalMilliseconds:0} ms of {Duration.TotalMilliseconds:0}");
    }

    private static bool Shows(Answer answer, int version) =>
        answer.Is(HttpStatusCode.OK).Body.GetRawText().Contains($"\"Version {version}\"", StringComparison.Ordinal);
}
