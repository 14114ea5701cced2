using System.Globalization;
using Library.Testing;

namespace Library.Faults;

/// <summary>Nothing accepted is lost, nothing is applied twice, nothing drifts: whatever happens on the way.</summary>
public sealed class FaultTests
{
    private static readonly int Seed = int.Parse(Environment.GetEnvironmentVariable("LIBRARY_FAULT_SEED") ?? "1", CultureInfo.InvariantCulture);

    /// <summary>A part of a fault's name: only those.</summary>
    private static readonly string Only = Environment.GetEnvironmentVariable("LIBRARY_FAULT") ?? "";

    /// <summary>Of each kind one that is over soon.</summary>
    private static readonly string[] Short =
        ["kill -9 of a worker", "workers kill themselves after commit", "workers kill themselves after relay publish", "answers of Postgres to the workers lost, then cut", "every command delivered three times, out of order", "poison messages"];

    [Fact]
    public async Task A_few_faults()
    {
        await using var cluster = await Cluster.StartAsync();
        var seed = Seed;
        foreach (var fault in Fault.All.Where(fault => Only.Length > 0 ? fault.Name.Contains(Only, StringComparison.Ordinal) : Short.Contains(fault.Name)))
            (await History.PlayAsync(cluster, fault, seed++)).Violations.ShouldBeEmpty($"{fault.Name}, seed {seed - 1}");
    }

    /// <summary>tests/Library.Faults/long-run</summary>
    [Fact(Explicit = true)]
    public async Task All_faults_many_times()
    {
        var cluster = await Cluster.StartAsync();
        var histories = new List<History>();
        var seed = Seed;
        // Round by round, so that a run that is cut off has some of each.
        for (var round = 0; Fault.All.Any(fault => fault.Histories > round); round++)
        {
            foreach (var fault in Fault.All.Where(fault => fault.Histories > round && fault.Name.Contains(Only, StringComparison.Ordinal)))
            {
                History history;
                try
                {
                    history = await History.PlayAsync(cluster, fault, seed++);
                }
                catch (Exception stuck)
                {
                    // The rest of the run is worth having: on a cluster that nothing is left over on.
                    history = new History(fault.Name, seed - 1, 0, 0, 0, 0, 0, 0, Eventually.Deadline, [$"stuck: {stuck}", .. cluster.Outputs]);
                    await cluster.DisposeAsync();
                    cluster = await Cluster.StartAsync();
                }

                histories.Add(history);
                Console.WriteLine($"{history.Seed} {history.Fault}: {history.Attempts} attempts, {history.Acknowledged} acked, {history.Recovered} recovered, {history.Recovery.TotalSeconds:0.0} s, {history.Violations.Count} violations");
                foreach (var violation in history.Violations.Take(20)) Console.WriteLine($"  {violation}");
                Report.Write(histories);
            }
        }

        await cluster.DisposeAsync();
        histories.SelectMany(history => history.Violations).ShouldBeEmpty();
    }
}
