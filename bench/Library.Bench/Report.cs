using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Library.Bench;

/// <summary>The table, for people as Markdown and for programs as JSON.</summary>
/// <param name="Results">In the order of the table, each with its measurement's name.</param>
internal sealed record Report(IReadOnlyList<(string Measurement, Result Result)> Results, int Rounds, DateTimeOffset StartedAt)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Number(double value) => Math.Abs(value) switch
    {
        >= 100 => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.00", CultureInfo.InvariantCulture),
    };

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.AppendLine("| ours ÷ twin | unit | ours | twin | ratio | spread | goal | |");
        text.AppendLine("| --- | --- | ---: | ---: | ---: | --- | --- | --- |");
        foreach (var (_, result) in Results)
        {
            var ratios = result.Ratios;
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {result.What} | {result.Unit} | {Number(Figures.Median(result.Ours))} | {Number(Figures.Median(result.Twin))} | **{Number(Figures.Median(ratios))}** | {Number(ratios.Min())}–{Number(ratios.Max())} | {result.Goal.Text} | {Mark(result.IsMet)} |");
        }

        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture,
            $"Medians of {Rounds} rounds, sides in turn; spread = least and greatest ratio of a round. {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, {StartedAt:yyyy-MM-dd}, load average {LoadAverage()}.");
        return text.ToString();
    }

    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            startedAt = StartedAt,
            rounds = Rounds,
            cores = Environment.ProcessorCount,
            framework = RuntimeInformation.FrameworkDescription,
            loadAverage = LoadAverage(),
            results = Results.Select(row => new
            {
                row.Measurement,
                row.Result.What,
                row.Result.Unit,
                row.Result.Ours,
                row.Result.Twin,
                row.Result.Ratios,
                medianRatio = Figures.Median(row.Result.Ratios),
                goal = row.Result.Goal.Text,
                row.Result.IsMet,
            }),
        },
        Json);

    /// <summary>What else the machine had to do, which is part of what was measured.</summary>
    private static string LoadAverage() => File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3)) : "unknown";

    private static string Mark(bool? met) => met switch { true => "✓", false => "✗", null => "" };
}
