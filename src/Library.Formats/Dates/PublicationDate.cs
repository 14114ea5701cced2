using System.Text.RegularExpressions;
using Library.Contracts.Values;

namespace Library.Formats.Dates;

/// <summary>When a book came out: 008 says so in code, 264 and 260 in words.</summary>
internal static partial class PublicationDate
{
    private const string Unknown = "uuuu";

    /// <summary>By 008/06 to 14; null: it does not tell, or is no date.</summary>
    public static EdtfDate? FromFixedField(string field)
    {
        if (field.Length < 15) return null;
        var (type, one, two) = (field[6], field.Substring(7, 4), field.Substring(11, 4));
        var text = type switch
        {
            's' or 'r' or 't' or 'p' => Year(one),
            'e' => Day(one, two),
            'q' or 'm' or 'i' or 'k' or 'c' or 'd' or 'u' => Interval(type, one, two),
            _ => null,
        };
        return text is not null && EdtfDate.TryParse(text, true, out var date, out _) ? date : null;
    }

    /// <summary>By $c of 264 or 260, or what Open Library has: a date, or an interval; null: it is none, or more than one.</summary>
    public static EdtfDate? FromText(string text)
    {
        var words = text.Trim().TrimEnd('.', ',', ';', ':').Trim();
        if (Between().Match(words) is { Success: true } between)
            return Interval(FreeDate.Parse(between.Groups[1].Value), FreeDate.Parse(between.Groups[2].Value), between.Groups["q"].Value);
        if (Range().Match(words) is { Success: true } range)
        {
            var end = range.Groups["end"].Value;
            return Interval(FreeDate.Parse(range.Groups["start"].Value), end.Length == 0 ? null : FreeDate.Parse(end), end.Length == 0 ? ".." : "");
        }

        // "1967, c1965": the first is when this one came out.
        return FreeDate.Parse(words) ?? (words.IndexOf(',', StringComparison.Ordinal) is > 0 and var comma && Copyrighted().IsMatch(words[(comma + 1)..]) ? FreeDate.Parse(words[..comma]) : null);
    }

    private static string? Year(string digits) => AreDigits(digits) ? digits
        : AreDigits(digits.AsSpan(0, 3)) && digits[3] is 'u' or '-' ? digits[..3] + "X"
        : AreDigits(digits.AsSpan(0, 2)) && digits[2..] is "uu" or "--" ? digits[..2] + "XX"
        : null;

    private static string? Day(string year, string rest) =>
        !AreDigits(year) ? Year(year)
        : AreDigits(rest) ? $"{year}-{rest[..2]}-{rest[2..]}"
        : AreDigits(rest.AsSpan(0, 2)) ? $"{year}-{rest[..2]}"
        : year;

    private static bool AreDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    private static string? Interval(char type, string one, string two)
    {
        var start = Year(one);
        if (start is null) return null;
        var end = two == "9999" ? ".." : two == Unknown || (type == 'u' && two is "    " or "||||") ? "" : Year(two);
        return end is null || end == start ? start : $"{start}/{end}";
    }

    private static EdtfDate? Interval(EdtfDate? start, EdtfDate? end, string open)
    {
        if (start is null || (end is null && open != "..")) return null;
        var qualifier = open == "?" ? open : "";
        var text = end is null ? $"{start}/.." : $"{start}{qualifier}/{end}{qualifier}";
        return EdtfDate.TryParse(text, true, out var date, out _) ? date : null;
    }

    [GeneratedRegex(@"^\[?between (.+?) and ([^\]?]+)(?<q>\?)?\]?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Between();

    [GeneratedRegex(@"^\[?(?<start>[c©℗]?\d{4}\??) ?[-–] ?(?<end>[c©℗]?\d{4}\??)?\]?$")]
    private static partial Regex Range();

    [GeneratedRegex(@"^\s*(©|℗|c\d|p\d|copyright|cop\.)")]
    private static partial Regex Copyrighted();
}
