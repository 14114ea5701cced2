using System.Diagnostics;
using System.Net;
using Library.Testing.Hosts;

namespace Library.Bench.Measurements;

/// <summary>Single creations that wait for their outcome, 20 a second, while an import is received and applied; beside the same with nothing else going on.</summary>
internal sealed class CommandsDuringIngest : IMeasurement
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    public string Name => "ingest-commands";

    public async Task<IReadOnlyList<Result>> RunAsync(Workbench bench)
    {
        var records = bench.Quick ? 20_000 : 60_000;
        await using var service = await bench.CreateServiceAsync();
        var (api, _) = await service.StartAsync();
        var seed = 0;
        var (during, quiet) = (new List<double[]>(), new List<double[]>());
        for (var round = -1; round < bench.Rounds; round++)
        {
            using var file = await ImportFile.CreateAsync(records, ++seed);
            var busy = await TimesAsync(api, api.ImportAsync(file));
            await service.UntilRelayedAsync();
            var idle = await TimesAsync(api, Task.Delay(bench.Load));
            if (round < 0) continue;
            during.Add(busy);
            quiet.Add(idle);
        }

        return [Of("p50", 0.5, Goal.None), Of("p99", 0.99, Goal.None)];

        Result Of(string name, double share, Goal goal) => new(
            $"create with `Prefer: wait=10` during an import, 20 a second, {name} ÷ without an import", "ms",
            [.. during.Select(times => Figures.Percentile(times, share))], [.. quiet.Select(times => Figures.Percentile(times, share))], goal);
    }

    /// <summary>Milliseconds of each creation that began before <paramref name="end"/>; one that is late delays no other.</summary>
    private static async Task<double[]> TimesAsync(HostProcess api, Task end)
    {
        var running = new List<Task<double>>();
        var start = Stopwatch.GetTimestamp();
        while (!end.IsCompleted)
        {
            running.Add(CreateAsync(api));
            if ((Interval * running.Count) - Stopwatch.GetElapsedTime(start) is { Ticks: > 0 } rest) await Task.Delay(rest);
        }

        await end;
        return await Task.WhenAll(running);
    }

    private static async Task<double> CreateAsync(HostProcess api)
    {
        var start = Stopwatch.GetTimestamp();
        using var answer = await api.SendAsync(HttpMethod.Post, "/v1/authors", Sample.AuthorJson, wait: true);
        if (answer.StatusCode != HttpStatusCode.Created) throw new InvalidOperationException($"A creation was answered with {answer.StatusCode}.");
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
