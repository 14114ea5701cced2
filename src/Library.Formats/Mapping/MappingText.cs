using System.Buffers;
using System.Text;
using Library.Formats.Text;

namespace Library.Formats.Mapping;

/// <summary>What happens to every text of a foreign record.</summary>
internal static class MappingText
{
    // Around what is not sorted: no part of the text.
    private const char NonSortingBegin = '\u0098';
    private const char NonSortingEnd = '\u009C';

    private static readonly SearchValues<char> Untidy = SearchValues.Create(
        [.. Enumerable.Range(0, char.MaxValue).Select(code => (char)code).Where(character => character != ' ' && char.IsWhiteSpace(character)), NonSortingBegin, NonSortingEnd]);

    /// <summary>Composed (NFC), one blank for each run of them, none at the ends, without the marks around what is not sorted.</summary>
    public static string Tidy(string text)
    {
        text = Nfc.Compose(text);
        return IsTidy(text) ? text : MakeTidy(text);
    }

    /// <summary>Composed, and without blanks at its ends; lines and blanks within stay.</summary>
    public static string TidyLines(string text) => Nfc.Compose(text).Trim();

    /// <summary>Whether it has at most so many Unicode code points.</summary>
    public static bool Fits(string text, int codePoints)
    {
        if (text.Length <= codePoints) return true;
        if (text.Length > 2 * codePoints) return false;
        var count = 0;
        foreach (var _ in text.EnumerateRunes()) count++;
        return count <= codePoints;
    }

    private static bool IsTidy(ReadOnlySpan<char> text) =>
        text is [] || (text is not ([' ', ..] or [.., ' ']) && text.IndexOfAny(Untidy) < 0 && text.IndexOf("  ", StringComparison.Ordinal) < 0);

    private static string MakeTidy(string text)
    {
        var tidy = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (character is NonSortingBegin or NonSortingEnd) continue;
            if (!char.IsWhiteSpace(character)) tidy.Append(character);
            else if (tidy.Length > 0 && tidy[^1] != ' ') tidy.Append(' ');
        }

        return tidy.ToString().TrimEnd();
    }
}
