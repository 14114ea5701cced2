using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Library.Faults;

/// <summary>
/// What has been played so far, one history a line of histories.ndjson, so that a long run may be made in slices: it goes on where the last one
/// ended. A fault's histories have the seeds 1, 2, 3, …; to play one for the record again, take its line out.
/// </summary>
internal sealed class LongRun(string only)
{
    /// <summary>How long a slice goes on beginning histories; for ever, unless it is said.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMinutes(double.Parse(Environment.GetEnvironmentVariable("LIBRARY_FAULT_MINUTES") ?? "10000", CultureInfo.InvariantCulture));

    /// <summary>Much of a history is waiting, so several may be played side by side, on servers of their own.</summary>
    private static readonly int Clusters = int.Parse(Environment.GetEnvironmentVariable("LIBRARY_FAULT_CLUSTERS") ?? "1", CultureInfo.InvariantCulture);

    private static readonly string Record = Path.Combine(Path.GetDirectoryName(SourceFile())!, "histories.ndjson");

    private readonly Lock _gate = new();
    private readonly List<History> _histories = [.. File.Exists(Record) ? File.ReadLines(Record).Select(line => JsonSerializer.Deserialize<History>(line)!) : []];
    private readonly HashSet<(string Fault, int Seed)> _playing = [];

    /// <returns>The violations of this slice.</returns>
    public async Task<IReadOnlyList<string>> PlayAsync()
    {
        using var slice = new CancellationTokenSource(Slice);
        var violations = await Task.WhenAll(Enumerable.Range(0, Clusters).Select(_ => PlayAsync(slice.Token)));
        Report.Write(_histories);
        return [.. violations.SelectMany(some => some)];
    }

    private async Task<List<string>> PlayAsync(CancellationToken end)
    {
        var violations = new List<string>();
        Cluster? cluster = null;
        while (!end.IsCancellationRequested && Next() is { } next)
        {
            cluster ??= await Cluster.StartAsync();
            if (next.Fault.NeedsSmallDisks && cluster.Servers.PostgresDisk is null)
            {
                // It stays among those that are being played, and so is not asked for again.
                Console.WriteLine($"{next.Fault.Name}: skipped, since this user may not mount a tmpfs");
                continue;
            }

            History history;
            try
            {
                history = await History.PlayAsync(cluster, next.Fault, next.Seed);
            }
            catch (Exception stuck)
            {
                // The rest of the run is worth having: on a cluster that nothing is left over on.
                history = new History(next.Fault.Name, next.Seed, 0, 0, 0, 0, 0, 0, default, [$"stuck: {stuck}"]);
                foreach (var output in cluster.Outputs) Console.WriteLine(output);
                await cluster.DisposeAsync();
                cluster = null;
            }

            Keep(history);
            violations.AddRange(history.Violations);
        }

        if (cluster is not null) await cluster.DisposeAsync();
        return violations;
    }

    /// <summary>The fault that was played least so far, so that a run that is cut off has some of each; null: all is played.</summary>
    private (Fault Fault, int Seed)? Next()
    {
        lock (_gate)
        {
            var played = _histories.Select(history => (history.Fault, history.Seed)).Concat(_playing).ToHashSet();
            var open = Fault.All.Where(fault => fault.Name.Contains(only, StringComparison.Ordinal))
                .Select(fault => (Fault: fault, Seed: Enumerable.Range(1, fault.Histories).FirstOrDefault(seed => !played.Contains((fault.Name, seed)))))
                .Where(next => next.Seed > 0).ToList();
            if (open.Count == 0) return null;
            var next = open.MinBy(next => (double)next.Seed / next.Fault.Histories);
            _playing.Add((next.Fault.Name, next.Seed));
            return next;
        }
    }

    private void Keep(History history)
    {
        lock (_gate)
        {
            _playing.Remove((history.Fault, history.Seed));
            _histories.Add(history);
            File.AppendAllText(Record, JsonSerializer.Serialize(history) + "\n");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{history.Fault}, seed {history.Seed}: {history.Attempts} attempts, {history.Acknowledged} acked, {history.Recovered} recovered, recovery {history.Recovery.TotalSeconds:0.0} s, {history.Violations.Count} violations"));
        foreach (var violation in history.Violations.Take(20)) Console.WriteLine($"  {violation}");
    }

    private static string SourceFile([CallerFilePath] string path = "") => path;
}
