using System.Globalization;

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
        foreach (var fault in Fault.All.Where(fault => Only.Length > 0 ? fault.Name.Contains(Only, StringComparison.Ordinal) : Short.Contains(fault.Name)).Where(fault => !fault.NeedsSmallDisks || cluster.Servers.PostgresDisk is not null))
            (await History.PlayAsync(cluster, fault, Seed)).Violations.ShouldBeEmpty($"{fault.Name}, seed {Seed}");
    }

    /// <summary>tests/Library.Faults/long-run</summary>
    [Fact(Explicit = true)]
    public async Task All_faults_many_times() => (await new LongRun(Only).PlayAsync()).ShouldBeEmpty();
}
