using System.Diagnostics;
using Library.Testing;
using Library.Testing.Hosts;

namespace Library.Bench.Measurements;

/// <summary>
/// From the commit of a change, taken by one API instance, to the first answer of another instance that shows it, where the old state lies in
/// the other's cache. Beside it: one read of that instance, which is how closely it can be looked at.
/// </summary>
internal sealed class ChangeToInstances : IMeasurement
{
    public string Name => "change-to-instances";

    public async Task<IReadOnlyList<Result>> RunAsync(Workbench bench)
    {
        var count = bench.Quick ? 50 : 200;
        await using var service = await bench.CreateServiceAsync();
        // The time limit must not do the events' work.
        service["Library__Cache__Duration"] = "01:00:00";
        var (api, _) = await service.StartAsync();
        var other = service.StartApi();
        await other.WhenReadyAsync();
        var path = $"/v1/authors/{await api.CreateAuthorAsync()}";
        await using var commits = await Commits.ListenAsync(service);
        var version = 1;

        var (slowest, bareSlowest) = (new List<double>(), new List<double>());
        var sides = await bench.CompareAsync(
            async () =>
            {
                var times = new double[count];
                for (var i = 0; i < count; i++) times[i] = await ChangeAsync();
                slowest.Add(Figures.Percentile(times, 0.99));
                return Figures.Median(times);
            },
            async () =>
            {
                var times = await Figures.TimeEachAsync(count, () => VersionAsync(other, path));
                bareSlowest.Add(Figures.Percentile(times, 0.99));
                return Figures.Median(times);
            });
        return
        [
            new("change → another instance that had it cached shows it, p50 ÷ one cached read", "ms", sides[0], sides[1], Goal.None),
            new("change → another instance that had it cached shows it, p99 ÷ one cached read", "ms", [.. slowest.Skip(1)], [.. bareSlowest.Skip(1)], Goal.OursAtMost(50, "ms")),
        ];

        async Task<double> ChangeAsync()
        {
            version++;
            // Twice: the first may fill the cache.
            await VersionAsync(other, path);
            if (await VersionAsync(other, path) != version - 1) throw new InvalidOperationException("The other instance shows a state that does not exist yet.");
            var before = commits.Times.Length;
            var sending = api.SendAsync(HttpMethod.Put, path, $$"""{"name":"Version {{version}}"}""", wait: false);
            while (await VersionAsync(other, path) != version) { }
            var shown = Stopwatch.GetTimestamp();
            (await sending).Dispose();
            await Eventually.HoldsAsync(() => commits.Times.Length > before, "the commit is heard of");
            return Stopwatch.GetElapsedTime(commits.Times[before], shown).TotalMilliseconds;
        }
    }

    private static async Task<int> VersionAsync(HostProcess api, string path)
    {
        using var answer = await api.Http.GetAsync(new Uri(path, UriKind.Relative));
        return int.Parse(answer.Headers.ETag!.Tag.AsSpan().Trim('"'), System.Globalization.CultureInfo.InvariantCulture);
    }
}
