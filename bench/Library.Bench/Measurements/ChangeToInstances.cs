using System.Diagnostics;
using Library.Testing;
using Library.Testing.Hosts;

namespace Library.Bench.Measurements;

/// <summary>
/// From the commit of a change, taken by one API instance, until each of two instances has answered with it, where the old state lies in the
/// caches of both: a single resource, and a page of a list. Beside it: one read of an instance, which is how closely it can be looked at.
/// </summary>
internal sealed class ChangeToInstances : IMeasurement
{
    private const int OtherBooks = 60;

    public string Name => "change-to-instances";

    public async Task<IReadOnlyList<Result>> RunAsync(Workbench bench)
    {
        await using var service = await bench.CreateServiceAsync();
        // The time limit must not do the events' work.
        service["Library__Cache__Duration"] = "01:00:00";
        var (api, _) = await service.StartAsync();
        var other = service.StartApi();
        await other.WhenReadyAsync();
        var author = await api.CreateAuthorAsync();
        var book = Guid.CreateVersion7();
        foreach (var id in Enumerable.Range(0, OtherBooks).Select(_ => Guid.CreateVersion7()).Append(book)) await PutBookAsync(id, "Title");
        await using var commits = await Commits.ListenAsync(service);
        HostProcess[] instances = [api, other];
        var resource = new Watch(instances, commits, $"/v1/authors/{author}", state => PutAsync($"/v1/authors/{author}", $$"""{"name":"{{state}}"}"""));
        // Of the states, the last comes first.
        var page = new Watch(instances, commits, "/v1/books?sort=-title", state => PutBookAsync(book, state));
        return [.. await CompareAsync(bench, "change", resource), .. await CompareAsync(bench, "change → cached page of a list", page)];

        Task PutBookAsync(Guid id, string title) => PutAsync($"/v1/books/{id}", $$"""{"title":"{{title}}","authorIds":["{{author}}"]}""");

        async Task PutAsync(string path, string json) => (await api.SendAsync(HttpMethod.Put, path, json, wait: true)).Dispose();
    }

    private static async Task<IReadOnlyList<Result>> CompareAsync(Workbench bench, string what, Watch watch)
    {
        var count = bench.Quick ? 50 : 200;
        var (slowest, bareSlowest) = (new List<double>(), new List<double>());
        var sides = await bench.CompareAsync(
            async () =>
            {
                var times = new double[count];
                for (var i = 0; i < count; i++) times[i] = await watch.ChangeAsync();
                slowest.Add(Figures.Percentile(times, 0.99));
                return Figures.Median(times);
            },
            async () =>
            {
                var times = await Figures.TimeEachAsync(count, watch.ReadAsync);
                bareSlowest.Add(Figures.Percentile(times, 0.99));
                return Figures.Median(times);
            });
        return
        [
            new($"{what} → every instance that had it cached shows it, p50 ÷ one cached read", "ms", sides[0], sides[1], Goal.None),
            new($"{what} → every instance that had it cached shows it, p99 ÷ one cached read", "ms", [.. slowest.Skip(1)], [.. bareSlowest.Skip(1)], Goal.OursAtMost(50, "ms")),
        ];
    }

    /// <param name="change">Brings what is read at the path to a new state, and waits for the outcome.</param>
    private sealed class Watch(HostProcess[] instances, Commits commits, string path, Func<string, Task> change)
    {
        private int _version;

        private string State => $"Version {_version:D6}";

        public Task<(string Body, bool Hit)> ReadAsync() => ReadAsync(instances[^1]);

        /// <returns>Milliseconds from the commit until every instance has shown it.</returns>
        public async Task<double> ChangeAsync()
        {
            if (_version == 0) await HeardAsync(change(State), commits.Times.Length);
            foreach (var instance in instances)
                await Eventually.HoldsAsync(async () => await ReadAsync(instance) is (var old, true) && Shows(old), "the old state is cached");
            _version++;
            var before = commits.Times.Length;
            var changing = change(State);
            // One after another: once the last has shown it, all have.
            foreach (var instance in instances)
                while (!Shows((await ReadAsync(instance)).Body)) { }
            var shown = Stopwatch.GetTimestamp();
            await HeardAsync(changing, before);
            return Stopwatch.GetElapsedTime(commits.Times[before], shown).TotalMilliseconds;
        }

        private async Task HeardAsync(Task changing, int before)
        {
            await changing;
            await Eventually.HoldsAsync(() => commits.Times.Length > before, "the commit is heard of");
        }

        private bool Shows(string body) => body.Contains($"\"{State}\"", StringComparison.Ordinal);

        private async Task<(string Body, bool Hit)> ReadAsync(HostProcess instance)
        {
            using var answer = await instance.Http.GetAsync(new Uri(path, UriKind.Relative));
            answer.EnsureSuccessStatusCode();
            return (await answer.Content.ReadAsStringAsync(), answer.Headers.GetValues("Cache-Status").Single() == "library; hit");
        }
    }
}
