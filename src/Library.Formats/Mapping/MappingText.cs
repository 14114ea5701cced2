using System.Text;
using Library.Formats.Text;

namespace Library.Formats.Mapping;

/// <summary>What happens to every text of a foreign record.</summary>
internal static class MappingText
{
    // Around what is not sorted: no part of the text.
    private const char NonSortingBegin = '\u0098';
    private const char NonSortingEnd = '\u009C';

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

    private static bool IsTidy(string text)
    {
        var before = ' ';
        foreach (var character in text)
        {
            if (character is NonSortingBegin or NonSortingEnd || (character != ' ' && char.IsWhiteSpace(character)) || (character == ' ' && before == ' ')) return false;
            before = character;
        }

        return text.Length == 0 || before != ' ';
    }

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
