using System.Diagnostics;
using System.Text.Json;

namespace Library.Bench;

/// <summary>An earlier version and this one in turn, each measured by its own bench on the same servers with the same input: whatever else the machine does meets both.</summary>
internal static class Against
{
    /// <summary>Set: the records that versions before the newer fields take as well.</summary>
    public const string PlainRecords = "LIBRARY_BENCH_PLAIN";

    private const string Results = "LIBRARY_BENCH_RESULTS";

    /// <param name="earlier">The earlier version's bench, built.</param>
    /// <param name="names">Measurements that both know.</param>
    public static async Task<string> RunAsync(string earlier, IReadOnlyCollection<string> names, int rounds)
    {
        var figures = new Dictionary<(string What, string Unit), List<(double Earlier, double Now)>>();
        for (var round = 1; round <= rounds; round++)
        {
            var (before, now) = (await MeasureAsync(earlier, names), await MeasureAsync(typeof(Against).Assembly.Location, names));
            foreach (var (what, figure) in now.Where(row => before.ContainsKey(row.Key)))
            {
                if (!figures.TryGetValue(what, out var rows)) figures[what] = rows = [];
                rows.Add((before[what], figure));
            }

            await Console.Error.WriteLineAsync($"    round {round}: {string.Join("  ", figures.Values.Select(rows => Report.Number(rows[^1].Now / rows[^1].Earlier)))}");
        }

        return string.Join('\n',
        [
            "| ours ÷ the earlier version's | unit | earlier | now | ratio | spread |",
            "| --- | --- | ---: | ---: | ---: | --- |",
            .. figures.Select(row => Row(row.Key.What, row.Key.Unit, row.Value)),
            "",
            $"Medians of {rounds} rounds, versions in turn; each figure is a short run's median.",
        ]);
    }

    private static string Row(string what, string unit, List<(double Earlier, double Now)> rounds)
    {
        var ratios = rounds.Select(round => round.Now / round.Earlier).ToArray();
        return $"| {what.Split(" ÷ ")[0]} | {unit} | {Report.Number(Figures.Median([.. rounds.Select(round => round.Earlier)]))} | {Report.Number(Figures.Median([.. rounds.Select(round => round.Now)]))} "
            + $"| **{Report.Number(Figures.Median(ratios))}** | {Report.Number(ratios.Min())}–{Report.Number(ratios.Max())} |";
    }

    /// <summary>Ours in each row of a short run.</summary>
    private static async Task<Dictionary<(string What, string Unit), double>> MeasureAsync(string bench, IEnumerable<string> names)
    {
        var folder = Directory.CreateTempSubdirectory("library-bench");
        try
        {
            var start = new ProcessStartInfo("dotnet", [bench, "--quick", .. names]) { RedirectStandardOutput = true, Environment = { [Results] = folder.FullName, [PlainRecords] = "1" } };
            using var run = Process.Start(start)!;
            _ = await run.StandardOutput.ReadToEndAsync();
            await run.WaitForExitAsync();
            if (run.ExitCode != 0) throw new InvalidOperationException($"{bench} ended with {run.ExitCode}.");
            using var report = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder.FullName, "part.json")));
            return report.RootElement.GetProperty("results").EnumerateArray().ToDictionary(
                row => (row.GetProperty("what").GetString()!, row.GetProperty("unit").GetString()!),
                row => Figures.Median([.. row.GetProperty("ours").EnumerateArray().Select(figure => figure.GetDouble())]));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
