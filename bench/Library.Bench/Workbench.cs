using Library.Testing;
using Library.Testing.Hosts;

namespace Library.Bench;

/// <summary>What every measurement works with.</summary>
/// <param name="Rounds">How often each side is measured, after one round that does not count.</param>
/// <param name="Quick">Less of everything: enough to see a regression, not to publish.</param>
internal sealed record Workbench(TestServers Servers, int Rounds, bool Quick)
{
    /// <summary>How long one side is loaded in one round.</summary>
    public TimeSpan Load { get; init; } = TimeSpan.FromSeconds(Quick ? 2 : 4);

    /// <summary>Library around an empty database and an empty vhost.</summary>
    public Task<LibraryService> CreateServiceAsync() => LibraryService.CreateAsync(Servers);

    /// <summary>
    /// Measures all sides in turn, A/B/A/B, so that whatever else the machine does meets all of them. The first round warms them up.
    /// </summary>
    /// <returns>For each side, its figure in each round.</returns>
    public async Task<double[][]> CompareAsync(params Func<Task<double>>[] sides)
    {
        var figures = Array.ConvertAll(sides, _ => new double[Rounds]);
        for (var round = -1; round < Rounds; round++)
        {
            for (var side = 0; side < sides.Length; side++)
            {
                var figure = await sides[side]();
                if (round >= 0) figures[side][round] = figure;
            }

            if (round >= 0) await Console.Error.WriteLineAsync($"    round {round + 1}: {string.Join("  ", figures.Select(side => Report.Number(side[round])))}");
        }

        return figures;
    }
}
