using System.Collections.Frozen;

namespace Library.Formats.Mapping;

/// <summary>Punctuation that catalogers write between the parts of a description (ISBD), and that belongs to none of them.</summary>
internal static class Isbd
{
    // Words whose full stop is theirs.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Abbreviations = new[]
    {
        "jr", "sr", "dr", "mr", "mrs", "ms", "st", "ste", "inc", "ltd", "co", "cos", "corp", "etc", "bros", "dept", "univ", "ed", "eds", "vol", "vols", "no", "nos", "ca", "fl", "cie",
        "mme", "mlle", "prof", "rev", "hon", "col", "gen", "capt", "sgt", "gov", "pres", "esq", "ph.d", "cent", "pt", "pts", "ser", "bd", "hrsg", "verf", "op", "ms", "mss",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Without one mark at its end: of those between parts, or else the full stop, where it is no part of the last word (an initial, an abbreviation, an ellipsis).</summary>
    public static string Strip(string text) => Strip(text.AsSpan()) is var stripped && stripped.Length == text.Length ? text : stripped.ToString();

    public static ReadOnlySpan<char> Strip(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.Length == 0) return text;
        if (text[^1] is '/' or ':' or ';' or ',' or '=') return text[..^1].TrimEnd();
        return text[^1] == '.' && EndsWithStop(text[..^1]) ? text[..^1].TrimEnd() : text;
    }

    /// <summary>Whether a mark that parts what follows stands at its end.</summary>
    public static bool EndsWithMark(ReadOnlySpan<char> text) => text.TrimEnd() is [.., '/' or ':' or ';' or ',' or '=' or '.' or '?' or '!'];

    /// <summary>Without the square brackets that catalogers put around what they did not find in the book itself.</summary>
    public static string WithoutBrackets(string text)
    {
        var span = text.AsSpan().Trim();
        if (span is ['[', ..] && (span.IndexOf(']') < 0 || span.IndexOf(']') == span.Length - 1)) span = span[1..];
        if (span is [.., ']'] && span.IndexOf('[') < 0) span = span[..^1];
        return span.Length == text.Length ? text : span.Trim().ToString();
    }

    private static bool EndsWithStop(ReadOnlySpan<char> before)
    {
        if (before.Length == 0 || before[^1] is '.' or ' ') return false;
        var word = before[(before.LastIndexOfAny(" -(.") + 1)..];
        return !(word.Length == 1 && char.IsLetter(word[0])) && !Abbreviations.Contains(word);
    }
}
