using System.Globalization;
using System.Runtime.CompilerServices;

namespace Library.Faults;

/// <summary>
/// The table of docs/operations.md that tells what breaks. It is written by hand, but for one column: how long the service took in the histories of
/// the faults that the row names in its last one.
/// </summary>
internal static class OperationsTable
{
    private const string Head = "| what breaks |";
    private const int TookColumn = 4;

    private static readonly string Document = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(SourceFile())!, "..", "..", "docs", "operations.md"));

    /// <summary>What each row names: faults, or how their names begin.</summary>
    public static IReadOnlyList<string> Names => [.. File.ReadLines(Document).SkipWhile(line => !IsHead(line)).Skip(2).TakeWhile(IsRow).SelectMany(NamesIn)];

    public static bool Means(string name, string fault) => name.EndsWith('…') ? fault.StartsWith(name[..^1], StringComparison.Ordinal) : fault == name;

    public static void Write(IReadOnlyList<History> histories)
    {
        var lines = File.ReadAllLines(Document);
        for (var i = Array.FindIndex(lines, IsHead) + 2; IsRow(lines[i]); i++)
        {
            var cells = lines[i].Split('|');
            cells[TookColumn] = $" {Took(histories.Where(history => NamesIn(lines[i]).Any(name => Means(name, history.Fault))))} ";
            lines[i] = string.Join('|', cells);
        }

        File.WriteAllText(Document, string.Join('\n', lines) + "\n");
    }

    private static bool IsHead(string line) => line.StartsWith(Head, StringComparison.Ordinal);

    private static bool IsRow(string line) => line.StartsWith('|');

    private static IEnumerable<string> NamesIn(string row) => row.Split('|')[^2].Trim().Split("; ").Where(name => name != "–");

    private static string Took(IEnumerable<History> histories)
    {
        var seconds = histories.Select(history => history.Recovery.TotalSeconds).Order().ToList();
        return seconds.Count == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{seconds[seconds.Count / 2]:0.0} s, {seconds[^1]:0.0} s");
    }

    private static string SourceFile([CallerFilePath] string path = "") => path;
}
