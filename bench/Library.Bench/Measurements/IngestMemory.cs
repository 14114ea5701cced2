namespace Library.Bench.Measurements;

/// <summary>Peak memory of API and worker during a large import beside that of one a sixth of its size, after one that warms up. There are no rounds: an import leaves the catalog larger, and the larger one comes last.</summary>
internal sealed class IngestMemory : IMeasurement
{
    public string Name => "ingest-memory";

    public async Task<IReadOnlyList<Result>> RunAsync(Workbench bench)
    {
        var small = bench.Quick ? 20_000 : 200_000;
        await using var service = await bench.CreateServiceAsync();
        var (api, worker) = await service.StartAsync();
        await PeaksAsync(small, seed: 1);
        var twin = await PeaksAsync(small, seed: 2);
        var ours = await PeaksAsync(6 * small, seed: 3);
        return
        [
            new($"peak memory of the API, import of {6 * small:N0} records ÷ of {small:N0}", "MiB", [ours.Api], [twin.Api], Goal.RatioAtMost(1.1)),
            new($"peak memory of the worker, import of {6 * small:N0} records ÷ of {small:N0}", "MiB", [ours.Worker], [twin.Worker], Goal.RatioAtMost(1.1)),
        ];

        async Task<(double Api, double Worker)> PeaksAsync(int records, int seed)
        {
            using var file = await ImportFile.CreateAsync(records, seed);
            PeakMemory.Reset(api);
            PeakMemory.Reset(worker);
            await api.ImportAsync(file);
            await service.UntilRelayedAsync();
            return (PeakMemory.Read(api), PeakMemory.Read(worker));
        }
    }
}
