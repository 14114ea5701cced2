using System.Globalization;
using System.Text.RegularExpressions;
using Library.Contracts.Values;

namespace Library.Formats.Dates;

/// <summary>
/// A single date in words (<c>21 October 1929</c>, <c>ca. 1850</c>, <c>44 B.C.</c>, <c>[196-?]</c>, <c>Spring 1967</c>, <c>4th cent. B.C.</c>), where it can mean but one thing.
/// Centuries are the hundreds of years that ISO 8601 means by them: the 19th is <c>18XX</c>.
/// </summary>
internal static partial class FreeDate
{
    private const int MostCharacters = 100;
    private const string Months = "janfebmaraprmayjunjulaugsepoctnovdec";

    private static readonly string[] Seasons = ["spring", "summer", "autumn", "winter"];

    /// <summary>The date; null: it is none, or more than one.</summary>
    public static EdtfDate? Parse(string text) => Parse(text.AsSpan(), Era.Unsaid);

    /// <summary>The date; where it names no era itself, it is of this one.</summary>
    public static EdtfDate? Parse(ReadOnlySpan<char> text, Era era)
    {
        text = text.Trim().TrimEnd(",;: ");
        if (text.Length is 0 or > MostCharacters) return null;
        if (era != Era.Before && IsYear(text)) return Edtf(text.ToString());
        var words = text.ToString().ToLowerInvariant().Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
        if (words.LastIndexOf("i.e.", StringComparison.Ordinal) is >= 0 and var correction) words = words[(correction + 4)..];
        words = Blanks().Replace(words, " ").Trim();
        var (isUncertain, isApproximate) = TakeQualifiers(ref words);
        era = TakeEra(ref words) is var own && own != Era.Unsaid ? own : era;
        var date = Core(words.Trim().TrimEnd('.', ','), era);
        return date is null ? null : Edtf(date + (isUncertain && isApproximate ? "%" : isUncertain ? "?" : isApproximate ? "~" : ""));
    }

    /// <summary>Whether a text says that it means years before Christ.</summary>
    public static bool IsBefore(ReadOnlySpan<char> text) => text.TrimEnd() is [.., 'c' or 'C' or 'e' or 'E' or '.'] && EraBehind().Match(text.Trim().ToString()).Groups["before"].Success;

    private static (bool Uncertain, bool Approximate) TakeQualifiers(ref string words)
    {
        var (uncertain, approximate) = (false, false);
        while (true)
        {
            if (words is [.., '?'])
            {
                (uncertain, words) = (true, words[..^1].TrimEnd());
            }
            else if (Approximately().Match(words) is { Success: true } circa)
            {
                (approximate, words) = (true, words[circa.Length..]);
            }
            else if (Probably().Match(words) is { Success: true } probably)
            {
                (uncertain, words) = (true, words[probably.Length..]);
            }
            else
            {
                return (uncertain, approximate);
            }
        }
    }

    private static Era TakeEra(ref string words)
    {
        if (EraBehind().Match(words) is { Success: true } behind)
        {
            words = words[..behind.Index].TrimEnd();
            return behind.Groups["before"].Success ? Era.Before : Era.After;
        }

        if (!words.StartsWith("a.d. ", StringComparison.Ordinal) && !words.StartsWith("ad ", StringComparison.Ordinal)) return Era.Unsaid;
        words = words[words.IndexOf(' ', StringComparison.Ordinal)..].TrimStart();
        return Era.After;
    }

    private static string? Core(string words, Era era)
    {
        if (Copyright().Match(words) is { Success: true } copyright) words = words[copyright.Length..];
        if (PlainYear().IsMatch(words)) return OfYear(words, era);
        if (Century().Match(words) is { Success: true } century) return OfCentury(int.Parse(century.Groups[1].ValueSpan, CultureInfo.InvariantCulture), era);
        if (era == Era.Before) return null;
        if (Decade().Match(words) is { Success: true } decade) return decade.Groups[1].Value + "X";
        if (Hundred().Match(words) is { Success: true } hundred) return hundred.Groups[1].Value + "XX";
        if (InNumbers().Match(words) is { Success: true } numbers) return OfNumbers(numbers);
        if (Season().Match(words) is { Success: true } season) return OfSeason(season);
        var inWords = DayMonthYear().Match(words) is { Success: true } one ? one : MonthDayYear().Match(words) is { Success: true } two ? two : YearMonthDay().Match(words);
        return inWords.Success ? OfWords(inWords) : null;
    }

    private static string? OfYear(string words, Era era)
    {
        var year = int.Parse(words, CultureInfo.InvariantCulture);
        if (era == Era.Before) return year < 1 ? null : year == 1 ? "0000" : (1 - year).ToString("0000", CultureInfo.InvariantCulture);
        // Of two digits nobody knows the century, unless the era is named.
        return year > 0 && (words.Length >= 3 || era == Era.After) ? year.ToString("0000", CultureInfo.InvariantCulture) : null;
    }

    // The first century BC has the year 0000, which no text of EDTF holds together with those before it.
    private static string? OfCentury(int century, Era era) => century < 1 || (era == Era.Before && century == 1) ? null
        : (era == Era.Before ? "-" : "") + (century - 1).ToString("00", CultureInfo.InvariantCulture) + "XX";

    // Of two numbers that could both be the month nobody knows which is.
    private static string? OfNumbers(Match match)
    {
        if (match.Groups["iso"].Success) return match.Value;
        var (one, two) = (Number(match.Groups["one"]), Number(match.Groups["two"]));
        var (day, month) = one > 12 ? (one, two) : (two, one);
        return day > 12 || day == month ? $"{match.Groups["year"].Value}-{month:00}-{day:00}" : null;
    }

    private static string OfSeason(Match match)
    {
        var name = match.Groups["season"].Value is "fall" ? "autumn" : match.Groups["season"].Value;
        return $"{match.Groups["year"].Value}-{21 + Array.IndexOf(Seasons, name)}";
    }

    private static string? OfWords(Match match)
    {
        var month = (Months.IndexOf(match.Groups["month"].Value[..3], StringComparison.Ordinal) / 3) + 1;
        return match.Groups["day"].Success ? $"{match.Groups["year"].Value}-{month:00}-{Number(match.Groups["day"]):00}" : $"{match.Groups["year"].Value}-{month:00}";
    }

    private static int Number(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    private static bool IsYear(ReadOnlySpan<char> text) => text.Length == 4 && !text.ContainsAnyExceptInRange('0', '9') && text is not "0000";

    private static EdtfDate? Edtf(string text) => EdtfDate.TryParse(text, false, out var date, out _) ? date : null;

    private const string MonthNames = "(?<month>jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?)";

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^(approximately |approx\.? |about |abt\.? |circa |ca\.? ?(?=\S)|c\. ?(?=\d)|c (?=\d))")]
    private static partial Regex Approximately();

    [GeneratedRegex(@"^(probably |prob\. |possibly |perhaps )")]
    private static partial Regex Probably();

    [GeneratedRegex(@"(?<=[ \d.])((?<before>b\. ?c\.?( ?e\.?)?|bce?)|a\. ?d\.?|ad|c\. ?e\.?|ce)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex EraBehind();

    [GeneratedRegex(@"^(©|℗|copyright |cop\. ?|[cp](?=\d)) ?")]
    private static partial Regex Copyright();

    [GeneratedRegex(@"^\d{1,4}$")]
    private static partial Regex PlainYear();

    [GeneratedRegex(@"^(\d{1,2})(st|nd|rd|th) cent(\.|ury|$)$")]
    private static partial Regex Century();

    [GeneratedRegex(@"^(\d{3})(0s|0's|[-ux])$")]
    private static partial Regex Decade();

    [GeneratedRegex(@"^(\d{2})(--|uu|xx)$")]
    private static partial Regex Hundred();

    [GeneratedRegex(@"^((?<iso>\d{4}-\d{2}(-\d{2})?)|(?<one>\d{1,2})[/.](?<two>\d{1,2})[/.](?<year>\d{4}))$")]
    private static partial Regex InNumbers();

    [GeneratedRegex(@"^(?<season>spring|summer|fall|autumn|winter),? (of )?(?<year>\d{4})$")]
    private static partial Regex Season();

    [GeneratedRegex(@"^((?<day>\d{1,2})(st|nd|rd|th)?\.? )?(of )?" + MonthNames + @"\.?,? (?<year>\d{4})$")]
    private static partial Regex DayMonthYear();

    [GeneratedRegex("^" + MonthNames + @"\.? (?<day>\d{1,2})(st|nd|rd|th)?,? (?<year>\d{4})$")]
    private static partial Regex MonthDayYear();

    [GeneratedRegex(@"^(?<year>\d{4}),? " + MonthNames + @"\.?( (?<day>\d{1,2}))?$")]
    private static partial Regex YearMonthDay();
}

/// <summary>What a year counts from.</summary>
internal enum Era
{
    /// <summary>After Christ, as most years are; one of two digits is no year then.</summary>
    Unsaid,

    /// <summary>Before Christ.</summary>
    Before,

    /// <summary>After Christ, and said so.</summary>
    After,
}
