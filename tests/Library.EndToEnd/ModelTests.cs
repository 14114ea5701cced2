using System.Collections.Concurrent;
using System.Globalization;
using CsCheck;
using Library.EndToEnd.Model;

namespace Library.EndToEnd;

/// <summary>
/// Random sequences of commands, with retries, duplicates and stale conditions, against the running service and a model in memory:
/// outcomes, final state, versions and history must be the same. A failure names the seed that plays it again (<c>CsCheck_Seed</c>).
/// </summary>
[Collection(typeof(Running))]
public sealed class ModelTests(RunningLibrary library)
{
    /// <summary>More for a long run: <c>LIBRARY_MODEL_SEQUENCES=2000</c>.</summary>
    private static readonly int Sequences = int.Parse(Environment.GetEnvironmentVariable("LIBRARY_MODEL_SEQUENCES") ?? "40", CultureInfo.InvariantCulture);

    [Fact]
    public async Task The_service_does_what_the_model_does()
    {
        var statuses = new ConcurrentDictionary<int, int>();
        await Step.Sequences.SampleAsync(
            async steps =>
            {
                var player = new ModelPlayer(library.Api, library.OtherApi);
                await player.PlayAsync(steps);
                foreach (var status in player.Statuses) statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
            },
            iter: Sequences,
            threads: 4,
            print: steps => string.Join('\n', steps.AsEnumerable()));
        (await Audit.RunAsync(library.Api)).Findings.ShouldBeEmpty();
        TestContext.Current.TestOutputHelper!.WriteLine($"{Sequences} sequences, {statuses.Values.Sum()} commands: {string.Join(", ", statuses.OrderBy(s => s.Key).Select(s => $"{s.Value} × {s.Key}"))}");
    }
}
