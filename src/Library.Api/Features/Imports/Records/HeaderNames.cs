using System.Text;

namespace Library.Api.Features.Imports.Records;

/// <summary>The names of a CSV header, read with one separator. Case and blanks around a name don't matter, nor do empty columns at the end.</summary>
internal sealed class HeaderNames
{
    /// <summary>Columns that are named in the refusal.</summary>
    private const int MaxErrors = 20;

    private static readonly Dictionary<string, RecordColumn> KnownNames = RecordColumns.All.ToDictionary(column => column.Name, StringComparer.OrdinalIgnoreCase);

    private readonly IReadOnlyList<string> _names;

    private HeaderNames(CsvFormat format, IReadOnlyList<string> names)
    {
        (Format, _names) = (format, names);
        Known = names.Count(KnownNames.ContainsKey);
    }

    public CsvFormat Format { get; }

    /// <summary>How many of the names are columns.</summary>
    public int Known { get; }

    /// <summary>Null: its quotes are not those of this format.</summary>
    public static HeaderNames? TryRead(ReadOnlySpan<byte> row, CsvFormat format)
    {
        if (format.FindEnd(row, complete: true) is not { Kind: RowKind.Row } end || end.Length != row.Length) return null;
        var fields = new List<Range>();
        format.Split(row, fields);
        var names = new List<string>();
        foreach (var field in fields) names.Add(Encoding.UTF8.GetString(CsvFormat.Value(row[field]) ?? []).Trim());
        while (names.Count > 1 && names[^1].Length == 0) names.RemoveAt(names.Count - 1);
        return new HeaderNames(format, names);
    }

    /// <summary>Keyed by the names; empty: each is a column, and is there once.</summary>
    public Dictionary<string, string[]> Errors() => _names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
        .Where(name => name.Count() > 1 || !KnownNames.ContainsKey(name.Key)).Take(MaxErrors).ToDictionary(
            name => name.Key,
            name => new[] { KnownNames.ContainsKey(name.Key) ? "The header names it more than once." : $"There is no such column; there are: {string.Join(", ", KnownNames.Keys)}." });

    public IReadOnlyList<RecordColumn> Columns() => [.. _names.Select(name => KnownNames[name])];
}
