using Library.Bench;
using Library.Bench.Measurements;
using Library.Testing;

IMeasurement[] measurements =
[
    new WaitLatency(),
    new AcceptedCommands(),
    new AppliedCommands(),
    new BulkIngest(),
    new IngestMemory(),
    new CommandsDuringIngest(),
    new RelayDrain(),
    new CommitToSubscriber(),
    new Feed(),
    new ChangeToInstances(),
    new CachedGet(),
    new Keys(),
    new UncachedGet(),
    new Lists(),
    new StartToReady(),
];

var quick = args.Contains("--quick");
var earlier = args is ["--against", var build, ..] ? build : null;
var names = args.Skip(earlier is null ? 0 : 2).Where(arg => arg != "--quick").ToHashSet();
if (names.Except(measurements.Select(measurement => measurement.Name)).ToArray() is { Length: > 0 } unknown)
{
    await Console.Error.WriteLineAsync($"Not known: {string.Join(", ", unknown)}. There are: {string.Join(", ", measurements.Select(measurement => measurement.Name))}.");
    return 2;
}

if (earlier is not null)
{
    Console.WriteLine(await Against.RunAsync(earlier, names, rounds: quick ? 3 : 7));
    return 0;
}

var startedAt = TimeProvider.System.GetUtcNow();
await using var servers = new TestServers();
var bench = new Workbench(servers, quick ? 3 : 7, quick);
var results = new List<(string, Result)>();
foreach (var measurement in measurements.Where(measurement => names.Count == 0 || names.Contains(measurement.Name)))
{
    await Console.Error.WriteLineAsync($"  {measurement.Name}");
    results.AddRange((await measurement.RunAsync(bench)).Select(result => (measurement.Name, result)));
    // What has been measured is kept, should a later measurement fail.
    await SaveAsync(new Report(results, bench.Rounds, startedAt));
}

Console.WriteLine(new Report(results, bench.Rounds, startedAt).ToMarkdown());
return 0;

// Only a whole run is a table to show; bench/run names the folder.
async Task SaveAsync(Report report)
{
    if (Environment.GetEnvironmentVariable("LIBRARY_BENCH_RESULTS") is not { Length: > 0 } folder) return;
    var file = Path.Combine(folder, names.Count > 0 ? "part" : quick ? "quick" : "full");
    Directory.CreateDirectory(folder);
    await File.WriteAllTextAsync(file + ".md", report.ToMarkdown());
    await File.WriteAllTextAsync(file + ".json", report.ToJson());
}
