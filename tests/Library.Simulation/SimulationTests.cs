using System.Diagnostics;
using System.Globalization;

namespace Library.Simulation;

/// <summary>
/// Many seeds. LIBRARY_SIMULATION_SEEDS: how many (default 10,000); LIBRARY_SIMULATION_SEED: that one alone, with its trace.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    /// <summary>For one seed, which takes some milliseconds: an event that never returns shall not hang the run.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public void Nothing_is_lost_repeated_or_reordered_whatever_breaks()
    {
        if (Number("LIBRARY_SIMULATION_SEED") is { } one)
        {
            var (violation, run) = Simulation.Play(one, traced: true);
            foreach (var line in run.Trace) output.WriteLine(line);
            violation.ShouldBeNull();
            return;
        }

        var (last, playing, failure) = (Number("LIBRARY_SIMULATION_SEEDS") ?? 10_000, 0, (string?)null);
        var (started, steps, longest) = (Stopwatch.GetTimestamp(), 0L, (Steps: 0, Seed: 0));
        var player = new Thread(() =>
        {
            for (var seed = 1; seed <= last && failure is null; seed++)
            {
                Volatile.Write(ref playing, seed);
                (failure, var run) = Simulation.Play(seed);
                steps += run.Steps;
                if (run.Steps > longest.Steps) longest = (run.Steps, seed);
            }
        }) { IsBackground = true };
        player.Start();
        for (var before = 0; !player.Join(Patience) && failure is null; before = Volatile.Read(ref playing))
            if (Volatile.Read(ref playing) == before) failure = $"an event did not return within {Patience}";
        failure.ShouldBeNull($"seed {playing}. Its trace: LIBRARY_SIMULATION_SEED={playing} dotnet run --project tests/Library.Simulation -- --filter-method '*whatever_breaks' --output Detailed");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{last} seeds, {steps} events, at most {longest.Steps} (seed {longest.Seed}), in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s"));
    }

    [Fact]
    public void A_seed_plays_the_same_each_time()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var (first, second) = (Simulation.Play(seed, traced: true).Run.Trace, Simulation.Play(seed, traced: true).Run.Trace);
            first.Zip(second).Where(pair => pair.First != pair.Second).Select(pair => pair.Second).FirstOrDefault().ShouldBeNull($"seed {seed}");
            second.Count.ShouldBe(first.Count, $"seed {seed}");
        }
    }

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}
