namespace Library.Contracts.Values;

/// <summary>Reads the text of an <see cref="EdtfDate"/>; each method gives what is wrong, or null.</summary>
internal static class EdtfParser
{
    private const string Form = "It must be a date of EDTF level 1 like 1967, 1967-05, 1967-05-30, 196X, 19XX, 1967-XX, 1967-05-XX, 1967-21 (spring) to 1967-24 (winter) or -0043 (44 BC), with ?, ~ or % behind it if need be.";
    private const string Unspecified = "Only the last digit or the last two digits of a year may be X (196X, 19XX), and then no month follows.";
    private const string Month = "After the year comes a month from 01 to 12, a season from 21 (spring) to 24 (winter), or XX.";
    private const string Months = "January February March April May June July August September October November December";

    // -9999-12-31%/-9999-12-31%
    private const int LongestText = 25;

    public static string? Parse(ReadOnlySpan<char> text, bool allowInterval, out EdtfBounds bounds)
    {
        bounds = default;
        if (text.Length > LongestText) return Form;
        var slash = text.IndexOf('/');
        if (slash < 0) return ParseDate(text, out bounds);
        if (!allowInterval) return "It must be a single date, not an interval.";
        var start = text[..slash];
        var end = text[(slash + 1)..];
        if (IsUnbounded(start) && IsUnbounded(end)) return "At least one end of an interval must be a date.";
        if (ParseEnd(start, out var first) is { } wrongStart) return wrongStart;
        if (ParseEnd(end, out var last) is { } wrongEnd) return wrongEnd;
        if (first.Earliest > last.Latest) return "The interval ends before it begins: its earlier date comes first.";
        bounds = EdtfBounds.Between(first, last);
        return null;
    }

    private static bool IsUnbounded(ReadOnlySpan<char> end) => end is "" or "..";

    private static string? ParseEnd(ReadOnlySpan<char> end, out EdtfBounds bounds)
    {
        bounds = default;
        return IsUnbounded(end) ? null : ParseDate(end, out bounds);
    }

    private static string? ParseDate(ReadOnlySpan<char> text, out EdtfBounds bounds)
    {
        bounds = default;
        if (text is [.. var unqualified, '?' or '~' or '%']) text = unqualified;
        var negative = text is ['-', ..];
        if (negative) text = text[1..];
        if (text.Length < 4) return Form;

        var unspecified = text[3] != 'X' ? 0 : text[2] != 'X' ? 1 : 2;
        if (Number(text[..(4 - unspecified)]) is not { } known) return text[..4].Contains('X') ? Unspecified : Form;
        var years = unspecified switch { 0 => 1, 1 => 10, _ => 100 };
        var (first, last) = (known * years, (known * years) + years - 1);
        if (negative)
        {
            if (last == 0) return "There is no year -0000: 1 BC is 0000.";
            (first, last) = (-last, -Math.Max(first, 1));
        }

        var rest = text[4..];
        if (unspecified > 0 && rest.Length > 0) return Unspecified;
        if (rest is "" or "-XX" or "-XX-XX")
        {
            bounds = EdtfBounds.Of(ProlepticCalendar.DayNumber(first, 1, 1), ProlepticCalendar.DayNumber(last, 12, 31));
            return null;
        }

        return rest[0] == '-' ? ParseWithinYear(first, rest[1..], out bounds)
            : char.IsAsciiDigit(rest[0]) ? "A year has four digits, from -9999 to 9999; a hyphen stands before month and day." : Form;
    }

    private static string? ParseWithinYear(int year, ReadOnlySpan<char> text, out EdtfBounds bounds)
    {
        bounds = default;
        if (text.Length is not (2 or 5) || Number(text[..2]) is not { } month) return Form;
        if (month is >= 21 and <= 24 && text.Length == 2)
        {
            bounds = EdtfBounds.OfSeason(year, month - 20);
            return null;
        }

        if (month is < 1 or > 12) return Month;
        var days = ProlepticCalendar.DaysInMonth(year, month);
        if (text.Length == 2 || text[2..] is "-XX")
        {
            bounds = EdtfBounds.Of(ProlepticCalendar.DayNumber(year, month, 1), ProlepticCalendar.DayNumber(year, month, days));
            return null;
        }

        if (text[2] != '-' || Number(text[3..]) is not { } day) return Form;
        if (day < 1 || day > days) return $"There is no day {day:00} in {Months.Split(' ')[month - 1]} of that year: the month has {days} days.";
        var number = ProlepticCalendar.DayNumber(year, month, day);
        bounds = EdtfBounds.Of(number, number);
        return null;
    }

    private static int? Number(ReadOnlySpan<char> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit)) return null;
            number = (number * 10) + (digit - '0');
        }

        return number;
    }
}
