using System.Diagnostics;
using System.Net;
using Library.Testing;
using Library.Testing.Hosts;
using Npgsql;

namespace Library.EndToEnd;

/// <summary>Reads go to a real standby, which falls behind and catches up.</summary>
public sealed class StandbyTests : IAsyncLifetime
{
    /// <summary>The contract's bound on a refusal.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);

    private PrivateServers _primary = null!;
    private PrivateServers _standby = null!;
    private LibraryService _service = null!;
    private HostProcess _api = null!;

    public async ValueTask InitializeAsync()
    {
        // Servers of its own, whatever the other tests use: a standby copies all that its primary has.
        _primary = await PrivateServers.StartAsync();
        _standby = await _primary.StartStandbyAsync();
        _service = new LibraryService(_primary.Postgres, _primary.RabbitMq);
        _service["Library__Reads__ConnectionString"] = _standby.Postgres;
        _service["Library__Cache__Duration"] = "01:00:00";
        (_api, _) = await _service.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _standby.DisposeAsync();
        await _primary.DisposeAsync();
    }

    [Fact]
    public async Task A_standby_that_is_behind_shows_nothing_older_than_asked_for_and_fills_no_cache()
    {
        var author = await _api.CreateAuthorAsync("Old");
        string[] paths = [$"/v1/authors/{author}", "/v1/authors?sort=name"];
        foreach (var path in paths) await ShowsAsync(path, "Old", "library; hit");

        await OnStandbyAsync("select pg_wal_replay_pause()");
        await Eventually.HoldsAsync(async () => await OnStandbyAsync("select pg_get_wal_replay_pause_state()") is "paused", "the standby stands still");
        var changed = (await _api.PatchAsync($"/v1/authors/{author}", new { name = "New" }, Requests.Wait)).Is(HttpStatusCode.OK);
        changed.Body.GetProperty("name").GetString().ShouldBe("New");
        var position = changed.Header("Library-Position")!;
        foreach (var path in paths)
        {
            var asked = Stopwatch.GetTimestamp();
            var refused = (await _api.GetAsync(path, ("Library-Min-Position", position))).Is(HttpStatusCode.ServiceUnavailable);
            Stopwatch.GetElapsedTime(asked).ShouldBeLessThan(AnswerLimit);
            refused.Problem.ShouldBe("position-not-reached");

            // Once the event is here the old state is read, since there is no other, but not kept.
            await ShowsAsync(path, "Old", "library; fwd=miss");
            for (var i = 0; i < 3; i++) (await _api.GetAsync(path)).Header("Cache-Status").ShouldBe("library; fwd=miss");
        }

        await OnStandbyAsync("select pg_wal_replay_resume()");
        foreach (var path in paths)
        {
            await Eventually.HoldsAsync(async () => Shows(await _api.GetAsync(path, ("Library-Min-Position", position)), "New"), "the standby has caught up");
            await ShowsAsync(path, "New", "library; hit");
        }
    }

    private Task ShowsAsync(string path, string name, string status) => Eventually.HoldsAsync(
        async () => await _api.GetAsync(path) is var answer && Shows(answer, name) && answer.Header("Cache-Status") == status, $"{path} shows {name}, {status}");

    private static bool Shows(Answer answer, string name) =>
        answer.Status == HttpStatusCode.OK && answer.Body.GetRawText().Contains($"\"{name}\"", StringComparison.Ordinal);

    private async Task<string?> OnStandbyAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_standby.Postgres);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync() as string;
    }
}
