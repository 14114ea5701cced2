using System.Diagnostics;
using System.Text.Json;
using Library.Testing.Hosts;

namespace Library.Bench.Measurements;

/// <summary>
/// Reads of a large catalog, each beside a Kestrel endpoint that reads the same bytes by a statement written by hand; and pages far down
/// beside the first ones. No answer comes from a cache.
/// </summary>
internal sealed class Lists : IMeasurement
{
    private const int SingleReads = 2_000;
    private static readonly (string, string) Uncached = ("Library-Min-Position", "0");

    /// <summary>How long one side is loaded in one round, at most: there are many reads to look at.</summary>
    private static readonly TimeSpan Load = TimeSpan.FromSeconds(2);

    public string Name => "lists";

    public async Task<IReadOnlyList<Result>> RunAsync(Workbench bench)
    {
        var catalog = await LargeCatalog.OpenAsync(bench);
        await using var service = new LibraryService(catalog.Postgres, await bench.Servers.CreateVhostAsync());
        // The worker brings a catalog that was given up to the schema, and goes.
        var (api, worker) = await service.StartAsync();
        await worker.StopAsync();
        var depth = catalog.Books / 5;
        var reads = new ListReads(service.Database, api, catalog.Books, depth);
        var results = new List<Result>();
        foreach (var sort in (string[])["id", "title", "publishDate"]) results.Add(await DeepAsync(bench, api, reads, sort, depth));

        var pages = await reads.AllAsync();
        var nexts = await Task.WhenAll(pages.Select(page => NextAsync(api, page)));
        await using var twin = await TwinProcess.StartAsync("list",
            [("Postgres", service.Postgres), .. pages.SelectMany((page, i) => ((string, string)[])[($"Pages__{i}__Path", $"/{i}"), ($"Pages__{i}__Sql", page.Sql), ($"Pages__{i}__Next", nexts[i])])]);
        var authors = (await reads.ColumnAsync<Guid>($"select id from (select id from authors tablesample bernoulli ({Math.Min(100, 200.0 * SingleReads / catalog.Authors)}) repeatable (1)) sampled order by md5(id::text) limit {SingleReads}"))
            .Select(id => $"/v1/authors/{id}").ToArray();
        results.AddRange(await CompareAsync(bench, "single author", api, authors, twin, authors));
        for (var i = 0; i < pages.Count; i++) results.AddRange(await CompareAsync(bench, pages[i].What, api, [pages[i].Path], twin, [$"/{i}"]));
        return results;
    }

    private static async Task<Result> DeepAsync(Workbench bench, HostProcess api, ListReads reads, string sort, int depth)
    {
        var list = $"/v1/books?sort={sort}";
        var (deep, _) = await reads.DeepAsync(list);
        var sides = await bench.CompareAsync(
            () => new Wrk(new Uri(api.Url, deep), null, Uncached).RunAsync(Load),
            () => new Wrk(new Uri(api.Url, list), null, Uncached).RunAsync(Load));
        return new($"page at {depth:#,0} ÷ first page, by {sort}", "pages/s", sides[0], sides[1], Goal.RatioAtLeast(0.95));
    }

    private static async Task<IReadOnlyList<Result>> CompareAsync(Workbench bench, string what, HostProcess api, string[] ours, HostProcess twin, string[] theirs)
    {
        await CheckAsync(api, ours[0], twin, theirs[0]);
        await Console.Error.WriteLineAsync($"    {what}: {ours[0]}");
        var count = bench.Quick ? 100 : 500;
        var (slowest, bareSlowest) = (new List<double>(), new List<double>());
        var sides = await bench.CompareAsync(() => TimeAsync(api, ours, slowest), () => TimeAsync(twin, theirs, bareSlowest));
        return
        [
            new($"{what}, p50 ÷ Kestrel + statement by hand", "ms", sides[0], sides[1], Goal.None),
            new($"{what}, p99 ÷ Kestrel + statement by hand", "ms", [.. slowest.Skip(1)], [.. bareSlowest.Skip(1)], Goal.None),
        ];

        async Task<double> TimeAsync(HostProcess host, string[] paths, List<double> high)
        {
            var times = new List<double>();
            var start = Stopwatch.GetTimestamp();
            // Slow ones are not read as often.
            while (times.Count < count && Stopwatch.GetElapsedTime(start) < Load)
            {
                var asked = Stopwatch.GetTimestamp();
                await ReadAsync(host, paths[times.Count % paths.Length]);
                times.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            }

            high.Add(Figures.Percentile(times, 0.99));
            return Figures.Median(times);
        }
    }

    private static async Task CheckAsync(HostProcess api, string ours, HostProcess twin, string theirs)
    {
        var answers = await Task.WhenAll(ReadAsync(api, ours), ReadAsync(twin, theirs));
        if (answers[0] != answers[1]) throw new InvalidOperationException($"The twin writes other bytes:\n{answers[0]}\n{answers[1]}");
    }

    private static async Task<string> NextAsync(HostProcess api, ListRead page) =>
        JsonSerializer.Deserialize<JsonElement>(await ReadAsync(api, page.Path)).TryGetProperty("next", out var next) ? next.GetString()! : "";

    private static async Task<string> ReadAsync(HostProcess host, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative)) { Headers = { { Uncached.Item1, Uncached.Item2 } } };
        using var answer = (await host.Http.SendAsync(request)).EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync();
    }
}
