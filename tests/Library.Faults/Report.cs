using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Library.Faults;

/// <summary>docs/faults.md, and the times in docs/operations.md.</summary>
internal static class Report
{
    private const string Before = """
        # Faults

        Written by `tests/Library.Faults/long-run`: two APIs, two workers, a broker and a database of their own, real processes. In each history six clients
        write and read resources of their own, and a seventh loads a file, while one fault strikes; then the whole history is held against what the
        clients know, what is stored, what a subscriber got, and the self-audit (`GET /v1/audit`). The run may be made in slices: every history is a line
        of `tests/Library.Faults/histories.ndjson`, and is played again by `LIBRARY_FAULT=name LIBRARY_FAULT_SEED=N dotnet run --project tests/Library.Faults`.

        [found.md](found.md) tells what was found and mended.

        | word | means |
        | --- | --- |
        | attempts | commands that clients sent, repeats under one key counted once |
        | acked | the service promised to apply or refuse them (202, or an outcome) |
        | lost | acked, and without outcome or effect |
        | duplicated | with more than one effect |
        | unexpected | effects that nobody asked for, or of what was refused or not accepted |
        | recovered | left open by the answer (`unconfirmed`, a broken connection), and applied |
        | violations | all of the above that must be 0, and: order, positions, reads of one's own writes, answers to repeats, subscriber, audit, names of deleted authors |
        | recovery | from the end of the fault (a kill, a SIGSTOP: from its beginning) until a command sent then was applied |

        """;

    public static void Write(IReadOnlyList<History> histories)
    {
        var text = new StringBuilder(Before).AppendLine();
        text.AppendLine(string.Create(CultureInfo.InvariantCulture, $"{histories.Count} of the {Fault.All.Sum(fault => fault.Histories)} histories of a full run have been played.")).AppendLine();
        text.AppendLine("| fault | histories | attempts | acked | lost | duplicated | unexpected | recovered | violations | recovery p50 | max |");
        text.AppendLine("| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |");
        foreach (var fault in Fault.All.Select(fault => fault.Name)) Add(text, fault, [.. histories.Where(history => history.Fault == fault)]);
        Add(text, "**all**", histories);
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(SourceFile())!, "..", "..", "docs", "faults.md"), text.ToString());
        OperationsTable.Write(histories);
    }

    private static void Add(StringBuilder text, string name, IReadOnlyList<History> histories)
    {
        if (histories.Count == 0) return;
        var recoveries = histories.Select(history => history.Recovery.TotalSeconds).Order().ToList();
        text.AppendLine(string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {histories.Count} | {histories.Sum(h => h.Attempts)} | {histories.Sum(h => h.Acknowledged)} | {histories.Sum(h => h.Lost)} | {histories.Sum(h => h.Duplicated)} | {histories.Sum(h => h.Unexpected)} | {histories.Sum(h => h.Recovered)} | {histories.Sum(h => h.Violations.Count)} | {recoveries[recoveries.Count / 2]:0.0} s | {recoveries[^1]:0.0} s |"));
    }

    private static string SourceFile([CallerFilePath] string path = "") => path;
}
