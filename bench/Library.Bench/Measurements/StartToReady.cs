using System.Diagnostics;
using Library.Testing.Hosts;

namespace Library.Bench.Measurements;

/// <summary>From the start of the process to its word that it is ready, on a migrated database; beside a bare Kestrel that answers.</summary>
internal sealed class StartToReady : IMeasurement
{
    public string Name => "start";

    public async Task<IReadOnlyList<Result>> RunAsync(Workbench bench)
    {
        await using var service = await bench.CreateServiceAsync();
        var (api, worker) = await service.StartAsync();
        await api.StopAsync();
        await worker.StopAsync();

        var sides = await bench.CompareAsync(
            () => StartAsync(service.StartApi),
            () => StartAsync(service.StartWorker),
            async () =>
            {
                HostProcess? bare = null;
                var time = await StartAsync(() => bare = HostProcess.Start("Library.Bench.Twins", []));
                await bare!.DisposeAsync();
                return time;
            });
        return
        [
            new("start to ready, API ÷ bare Kestrel", "ms", sides[0], sides[2], Goal.OursAtMost(1000, "ms")),
            new("start to ready, worker on a migrated database ÷ bare Kestrel", "ms", sides[1], sides[2], Goal.OursAtMost(2000, "ms")),
        ];
    }

    private static async Task<double> StartAsync(Func<HostProcess> start)
    {
        var started = Stopwatch.GetTimestamp();
        var host = start();
        await host.WhenReadyAsync();
        var time = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        await host.StopAsync();
        return time;
    }
}
