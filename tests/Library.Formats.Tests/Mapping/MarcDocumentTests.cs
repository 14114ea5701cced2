using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Library.Formats.Tests.Mapping;

/// <summary>docs/marc.md holds what the mapping does.</summary>
public partial class MarcDocumentTests
{
    public static TheoryData<string, string> Examples
    {
        get
        {
            var rows = File.ReadLines(Path.Combine(Peers.Repository, "docs", "marc.md"))
                .Where(line => line.StartsWith('|'))
                .Select(line => line.Trim('|', ' ').Split(" | "))
                .Where(cells => cells.Length > 1 && Field().IsMatch(cells[^2]))
                .Select(cells => (cells[^2], cells[^1]))
                .ToList();
            rows.Count.ShouldBeGreaterThan(55);
            return [.. rows];
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_gives_what_it_says(string example, string gives)
    {
        var item = Mapped.Of(Spans(example));
        item.Refusal.ShouldBeNull();
        var json = Mapped.ToJson(item);
        foreach (var expectation in Spans(gives))
        {
            var (path, value) = (expectation[..expectation.IndexOf(" = ", StringComparison.Ordinal)], JsonNode.Parse(expectation[(expectation.IndexOf(" = ", StringComparison.Ordinal) + 3)..]));
            var actual = At(json, path);
            if (path == "key" && actual?.ToString().StartsWith("digest:", StringComparison.Ordinal) == true) actual = actual.ToString()[..11];
            JsonNode.DeepEquals(actual, value).ShouldBeTrue($"{path} is {actual?.ToJsonString()}");
        }
    }

    private static string[] Spans(string cell) => [.. cell.Split("<br>").Select(span => span.Trim('`'))];

    private static JsonNode? At(JsonNode json, string path)
    {
        var node = path.StartsWith("authors", StringComparison.Ordinal) ? json : json["book"];
        foreach (Match step in Steps().Matches(path))
        {
            if (!step.Groups["index"].Success) node = node?[step.Value];
            else node = node is JsonArray array && int.Parse(step.Groups["index"].Value) is var index && index < array.Count ? array[index] : null;
        }

        return node;
    }

    [GeneratedRegex("^`([0-9]{3}|LDR) ")]
    private static partial Regex Field();

    [GeneratedRegex(@"\[(?<index>\d+)\]|\w+")]
    private static partial Regex Steps();
}
