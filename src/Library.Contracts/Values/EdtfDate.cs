using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Library.Contracts.Values;

/// <summary>
/// A date as catalogs know it: ISO 8601-2:2019 (EDTF) level 1 without long years, a single date or an interval, kept as it was sent.
/// <para>Dates: <c>1967</c>, <c>1967-05</c>, <c>1967-05-30</c>, <c>196X</c>, <c>19XX</c>, <c>1967-XX</c>, <c>1967-05-XX</c>, <c>1967-XX-XX</c>, and the seasons
/// <c>1967-21</c> (spring) to <c>1967-24</c> (winter), each with <c>?</c> (uncertain), <c>~</c> (approximate) or <c>%</c> (both) behind it if need be.
/// Years run from −9999 to 9999 and are astronomical: <c>0000</c> is 1 BC, <c>-0043</c> is 44 BC. <c>-004X</c> is −0049 to −0040.</para>
/// <para>Intervals: <c>1999/2003</c>, open (<c>1999/..</c>, <c>../1999</c>) or with an unknown end (<c>1999/</c>, <c>/1999</c>).</para>
/// <para>It stands for the days from its earliest to its latest possible one in the proleptic Gregorian calendar. A qualifier widens nothing; an open or unknown
/// end has no bound; a season is its whole year, since the standard gives it no months. Equality is that of the text. <c>default</c> is no date: its text is empty.</para>
/// </summary>
[JsonConverter(typeof(EdtfDateJsonConverter))]
public readonly struct EdtfDate : IEquatable<EdtfDate>
{
    /// <summary>The step of <see cref="LatestKey"/> from one day to the next.</summary>
    public const int KeysPerDay = 1 << KeyBits;

    private const int KeyBits = 5;
    private const int NoEarliestDay = int.MinValue;

    // One behind the last day of 9999: a missing end sorts behind every day, and is never earlier than any.
    private static readonly int NoLatestDay = ProlepticCalendar.DayNumber(9999, 12, 31) + 1;

    private readonly string? text;
    private readonly int earliest;

    private EdtfDate(string text, EdtfBounds bounds)
    {
        this.text = text;
        earliest = bounds.Earliest ?? NoEarliestDay;
        LatestKey = ((bounds.Latest ?? NoLatestDay) * KeysPerDay) + bounds.SeasonRank;
    }

    /// <summary>The text as it was sent.</summary>
    public string Text => text ?? "";

    /// <summary>The earliest possible day, as the number of days since 0001-01-01 (which is 0, as in <see cref="DateOnly.DayNumber"/>; before it negative); null: no bound.</summary>
    public int? EarliestDay => earliest == NoEarliestDay ? null : earliest;

    /// <summary>The latest possible day, counted like <see cref="EarliestDay"/>; null: no bound.</summary>
    public int? LatestDay => LatestKey >= NoLatestDay * KeysPerDay ? null : LatestKey >> KeyBits;

    /// <summary>
    /// Second key of the order, behind <see cref="EarliestDay"/>: the latest day (a missing one counts as the day after 9999-12-31) times <see cref="KeysPerDay"/>, plus 0, or 1–24
    /// where seasons are named. So seasons stand in their order behind their year, which spans the same days, and one integer column serves order and filter:
    /// <c>LatestKey &lt; X.EarliestDay × KeysPerDay</c> is what is known to be earlier than all of X.
    /// </summary>
    public int LatestKey { get; }

    /// <summary>Whether it is an interval, and no single date.</summary>
    public bool IsInterval => Text.Contains('/', StringComparison.Ordinal);

    /// <summary>Whether each of its possible days lies behind each of the other's; false where a bound that it takes is missing.</summary>
    public bool IsKnownLaterThan(EdtfDate other) => EarliestDay > other.LatestDay;

    /// <summary>Whether each of its possible days lies before each of the other's; false where a bound that it takes is missing. A death that is known to be earlier than the birth is wrong.</summary>
    public bool IsKnownEarlierThan(EdtfDate other) => other.IsKnownLaterThan(this);

    /// <summary>Whether each of its possible days lies behind this one: a person's date that is known to be later than today is wrong.</summary>
    public bool IsKnownLaterThan(DateOnly day) => EarliestDay > day.DayNumber;

    /// <summary>The catalog's order: by the earliest day, then the latest, then the season; without an earliest day last. 0: a tie, which the id breaks.</summary>
    public static int Compare(EdtfDate one, EdtfDate other)
    {
        var byEarliest = (one.EarliestDay ?? int.MaxValue).CompareTo(other.EarliestDay ?? int.MaxValue);
        return byEarliest != 0 ? byEarliest : one.LatestKey.CompareTo(other.LatestKey);
    }

    /// <summary>Reads a date, or an interval too where that is allowed. <paramref name="error"/> says in a sentence what is wrong and what would be right.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, bool allowInterval, out EdtfDate date, [NotNullWhen(false)] out string? error)
    {
        error = EdtfParser.Parse(text, allowInterval, out var bounds);
        date = error is null ? new EdtfDate(text!, bounds) : default;
        return error is null;
    }

    /// <summary>Reads a date, or an interval too where that is allowed.</summary>
    /// <exception cref="FormatException">It is none; the message says why.</exception>
    public static EdtfDate Parse(string text, bool allowInterval = true) =>
        TryParse(text, allowInterval, out var date, out var error) ? date : throw new FormatException(error);

    /// <inheritdoc/>
    public bool Equals(EdtfDate other) => Text == other.Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EdtfDate other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The text as it was sent.</summary>
    public override string ToString() => Text;

    /// <summary>Whether both have the same text.</summary>
    public static bool operator ==(EdtfDate left, EdtfDate right) => left.Equals(right);

    /// <summary>Whether their texts differ.</summary>
    public static bool operator !=(EdtfDate left, EdtfDate right) => !left.Equals(right);
}
