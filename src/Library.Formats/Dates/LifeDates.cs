using Library.Contracts.Values;

namespace Library.Formats.Dates;

/// <summary>Birth and death out of $d of a heading: <c>1929-2018</c>, <c>approximately 428 BC-348 BC</c>, <c>b. 1920</c>, <c>1850?-</c>.</summary>
internal readonly record struct LifeDates(EdtfDate? Birth, EdtfDate? Death)
{
    private static readonly string[] BirthWords = ["born ", "b. ", "b.", "geb. ", "né ", "n. "];
    private static readonly string[] DeathWords = ["died ", "d. ", "d.", "gest. "];
    private static readonly string[] ActiveWords = ["active", "fl.", "flourished", "flor.", "flor ", "act.", "wirkte"];

    /// <summary>Neither where it tells when somebody was active, or a year alone, or contradicts itself.</summary>
    public static LifeDates Parse(string text)
    {
        var span = text.AsSpan().Trim().TrimEnd(",;: ");
        if (span.Length is 0 or > 100 || StartsWithAny(span, ActiveWords) > 0) return default;
        if (StartsWithAny(span, BirthWords) is > 0 and var born) return new LifeDates(One(span[born..], Era.Unsaid), null);
        if (StartsWithAny(span, DeathWords) is > 0 and var died) return new LifeDates(null, One(span[died..], Era.Unsaid));
        var hyphen = span.IndexOfAny('-', '–');
        if (hyphen < 0 || span[(hyphen + 1)..].IndexOfAny('-', '–') >= 0) return default;
        var right = span[(hyphen + 1)..].Trim();
        var isBefore = FreeDate.IsBefore(right);
        if (!isBefore) right = right.TrimEnd('.');
        var (birth, death) = (One(span[..hyphen], isBefore ? Era.Before : Era.Unsaid), One(right, Era.Unsaid));
        return birth is { } first && death?.IsKnownEarlierThan(first) == true ? default : new LifeDates(birth, death);
    }

    /// <summary>Without what lies behind this day.</summary>
    public LifeDates Until(DateOnly today) => new(Known(Birth, today), Known(Death, today));

    // "19th cent." says when somebody lived, not when they were born.
    private static EdtfDate? One(ReadOnlySpan<char> text, Era era) => text.IndexOf("cent", StringComparison.OrdinalIgnoreCase) >= 0 ? null : FreeDate.Parse(text, era);

    private static EdtfDate? Known(EdtfDate? date, DateOnly today) => date?.IsKnownLaterThan(today) == true ? null : date;

    private static int StartsWithAny(ReadOnlySpan<char> text, string[] beginnings)
    {
        foreach (var beginning in beginnings)
            if (text.StartsWith(beginning, StringComparison.OrdinalIgnoreCase)) return beginning.Length;
        return 0;
    }
}
