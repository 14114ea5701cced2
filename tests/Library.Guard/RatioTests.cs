using System.Globalization;
using Library.Bench;
using Library.Bench.Measurements;
using Library.Testing;

namespace Library.Guard;

/// <summary>
/// The ratios of <c>bench/run</c> that hold still within seconds, against half their goals: a regression is seen, noise is not. No absolute
/// figure. A measurement may try again, since whatever else the machine does passes and a regression stays.
/// </summary>
public sealed class RatioTests(TestServers servers, ITestOutputHelper output)
{
    private const int Tries = 3;
    private const int Rounds = 3;

    private static readonly IMeasurement[] Measurements = [new CachedGet(), new UncachedGet(), new AcceptedCommands(), new AppliedCommands(), new BulkIngest(), new RelayDrain()];

    /// <summary>Measurements, and how their results that are guarded begin.</summary>
    [Theory]
    [InlineData("cached-get", "", true)]
    [InlineData("uncached-get", "", true)]
    [InlineData("accepted", "", true)]
    [InlineData("applied", "commands applied from a full queue ÷ multi-row INSERT", false)]
    [InlineData("ingest", "", false)]
    [InlineData("relay", "", false)]
    public async Task A_ratio_is_not_below_half_its_goal(string name, string result, bool byWrk)
    {
        Assert.SkipUnless(!byWrk || Wrk.IsInstalled, "The load generator wrk is not installed: sudo apt-get install wrk.");
        var measurement = Measurements.Single(measurement => measurement.Name == name);
        var bench = new Workbench(servers, Rounds, Quick: true) { Load = TimeSpan.FromSeconds(1) };
        for (var tries = 1; ; tries++)
        {
            var results = (await measurement.RunAsync(bench)).Where(one => one.What.StartsWith(result, StringComparison.Ordinal)).ToArray();
            results.ShouldNotBeEmpty();
            foreach (var one in results) output.WriteLine(Said(one));
            var low = results.Where(one => Figures.Median(one.Ratios) < one.Goal.LeastRatio!.Value / 2).ToArray();
            if (low.Length == 0) return;
            tries.ShouldBeLessThan(Tries, $"Below half the goal each time: {string.Join("; ", low.Select(Said))}");
        }
    }

    private static string Said(Result result) => string.Create(
        CultureInfo.InvariantCulture, $"{result.What}: {Figures.Median(result.Ratios):0.00} ({string.Join(", ", result.Ratios.Select(ratio => ratio.ToString("0.00", CultureInfo.InvariantCulture)))}), goal {result.Goal.Text}");
}
