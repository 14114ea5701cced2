using System.Diagnostics;
using Library.Testing;

namespace Library.Faults;

/// <summary>What came of one load with one fault in it.</summary>
/// <param name="Lost">Acknowledged, and not decided or without its effect.</param>
/// <param name="Duplicated">With more than one effect.</param>
/// <param name="Unexpected">Effects that nobody asked for, or of what was refused.</param>
/// <param name="Recovered">Left open by the answer, and applied.</param>
/// <param name="Recovery">From the end of the fault, or its beginning where it lasts, until a command was applied.</param>
/// <param name="Violations">All that must not be, in words; the counts are among them.</param>
internal sealed record History(
    string Fault, int Seed, int Attempts, int Acknowledged, int Lost, int Duplicated, int Unexpected, int Recovered, TimeSpan Recovery, IReadOnlyList<string> Violations)
{
    private const int Clients = 6;
    private const int Commands = 20;
    private const int Repeated = 5;

    public static async Task<History> PlayAsync(Cluster cluster, Fault fault, int seed)
    {
        // Otherwise for each fault, and the same each time.
        var random = new Random((seed * 101) + fault.Name.Sum(character => character));
        var from = await cluster.Service.ScalarAsync<long>("select coalesce(max(seq_id), 0) from mt_events");
        var load = new Load(cluster, from, random.Next(), Clients, Commands);
        var import = new ImportLoad(cluster, from);
        var running = Task.WhenAll(load.RunAsync(), import.RunAsync());
        var begin = random.Next(1, Clients * Commands / 3);
        await Eventually.HoldsAsync(() => load.Attempts.Count >= begin, "the load is under way");

        await fault.InjectAsync(cluster, load, random);
        var over = Stopwatch.GetTimestamp();
        var probe = Guid.CreateVersion7();
        var applied = RecoveryAsync();
        if (fault.EndAsync is { } end)
        {
            await applied;
            await end(cluster);
        }

        await cluster.RepairAsync();
        var recovery = await applied;
        load.MayEnd();
        await running;
        await load.DecidedAsync();
        foreach (var attempt in load.Acknowledged.Where(attempt => attempt.Key is not null).OrderBy(_ => random.Next()).Take(Repeated)) await load.RepeatAsync(attempt, random.Next(2));
        await Eventually.HoldsAsync(cluster.IsQuietAsync, "cascades and imports are through and every event has arrived");
        var history = await HistoryCheck.RunAsync(cluster, load, from, probe);
        return history with
        {
            Violations = [.. history.Violations, .. await import.ViolationsAsync()],
            Fault = fault.Name,
            Seed = seed,
            Recovery = recovery,
        };

        async Task<TimeSpan> RecoveryAsync()
        {
            await cluster.AppliesAsync(probe);
            return Stopwatch.GetElapsedTime(over);
        }
    }
}
