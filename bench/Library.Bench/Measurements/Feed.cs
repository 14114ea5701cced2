using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Library.Testing;
using Library.Testing.Hosts;
using Npgsql;

namespace Library.Bench.Measurements;

/// <summary>
/// From an event's commit to its arrival at a client of the live feed, at 100 commands a second over HTTP; beside rows inserted as often, each
/// with a NOTIFY that a bare Kestrel endpoint passes on.
/// </summary>
internal sealed class Feed : IMeasurement
{
    private const string BareChannel = "bare_feed";

    public string Name => "feed";

    public async Task<IReadOnlyList<Result>> RunAsync(Workbench bench)
    {
        var count = (int)(bench.Load / Pace.Interval);
        await using var service = await bench.CreateServiceAsync();
        var (api, _) = await service.StartAsync();
        await using var commits = await Commits.ListenAsync(service);
        var arrivals = new ConcurrentQueue<Arrival>();
        using var end = new CancellationTokenSource();
        var following = await FollowAsync(api, (data, at) => arrivals.Enqueue(new(JsonSerializer.Deserialize<JsonElement>(data).GetProperty("data").GetProperty("occurredAt").GetDateTime(), at)), end.Token);

        var bare = await bench.Servers.CreateDatabaseAsync();
        await using var bareRows = NpgsqlDataSource.Create(bare + ";Max Auto Prepare=5;Auto Prepare Min Usages=2");
        await using (var create = bareRows.CreateCommand("create table bare (id bigint generated always as identity primary key, body text not null)")) await create.ExecuteNonQueryAsync();
        await using var twin = await TwinProcess.StartAsync("feed", ("Postgres", bare), ("Channel", BareChannel));
        await using var bareCommits = await Commits.ListenAsync(bare, BareChannel);
        var bareArrivals = new ConcurrentQueue<long>();
        var bareFollowing = await FollowAsync(twin, (_, at) => bareArrivals.Enqueue(at), end.Token);

        var (slowest, bareSlowest) = (new List<double>(), new List<double>());
        var sides = await bench.CompareAsync(
            async () =>
            {
                var before = commits.Times.Length;
                arrivals.Clear();
                await Pace.RunAsync(count, async () =>
                {
                    using var answer = await api.SendAsync(HttpMethod.Post, "/v1/authors", Sample.AuthorJson, wait: false);
                });
                await Eventually.HoldsAsync(() => arrivals.Count == count, "every event arrives");
                return Kept(commits.LatenciesOf(arrivals, before), slowest);
            },
            async () =>
            {
                var before = bareCommits.Times.Length;
                bareArrivals.Clear();
                await Pace.RunAsync(count, () => InsertAsync(bareRows));
                await Eventually.HoldsAsync(() => bareArrivals.Count == count && bareCommits.Times.Length == before + count, "every bare message arrives");
                // Whoever listens hears of commits in their order.
                return Kept([.. bareCommits.Times[before..].Zip(bareArrivals, (commit, arrival) => Stopwatch.GetElapsedTime(commit, arrival).TotalMilliseconds)], bareSlowest);
            });
        await end.CancelAsync();
        await Task.WhenAll(following, bareFollowing);
        return
        [
            new("commit → SSE client at 100 commands/s, p50 ÷ bare NOTIFY → SSE", "ms", sides[0], sides[1], Goal.None),
            new("commit → SSE client at 100 commands/s, p99 ÷ bare NOTIFY → SSE", "ms", [.. slowest.Skip(1)], [.. bareSlowest.Skip(1)], Goal.None),
        ];
    }

    private static double Kept(double[] latencies, List<double> slowest)
    {
        slowest.Add(Figures.Percentile(latencies, 0.99));
        return Figures.Median(latencies);
    }

    /// <summary>As many bytes as an event has.</summary>
    private static async Task InsertAsync(NpgsqlDataSource rows)
    {
        await using var insert = rows.CreateCommand($"with added as (insert into bare (body) values ($1) returning body) select pg_notify('{BareChannel}', body) from added");
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = new string('x', 900) });
        await insert.ExecuteNonQueryAsync();
    }

    /// <returns>Once the stream is open: its reading, which goes on to the end.</returns>
    private static async Task<Task> FollowAsync(HostProcess host, Action<string, long> receive, CancellationToken end)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/v1/events", UriKind.Relative)) { Headers = { { "Accept", "text/event-stream" } } };
        var answer = await host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end);
        answer.EnsureSuccessStatusCode();
        return ReadAsync();

        async Task ReadAsync()
        {
            using var open = answer;
            try
            {
                await foreach (var message in SseParser.Create(await answer.Content.ReadAsStreamAsync(end)).EnumerateAsync(end))
                    if (message.Data.Length > 0) receive(message.Data, Stopwatch.GetTimestamp());
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                // All was measured.
            }
        }
    }
}
