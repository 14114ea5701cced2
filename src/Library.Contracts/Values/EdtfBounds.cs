namespace Library.Contracts.Values;

/// <summary>The days that a date value stands for; null: no bound. The rank orders what spans the same days but names seasons: 0, or 1–24.</summary>
internal readonly record struct EdtfBounds(int? Earliest, int? Latest, int SeasonRank)
{
    private const int RanksOfEnd = 5;

    /// <summary>Whole years, months, days: first to last.</summary>
    public static EdtfBounds Of(int earliest, int latest) => new(earliest, latest, 0);

    /// <summary>A season, 1 (spring) to 4 (winter), spans its year.</summary>
    public static EdtfBounds OfSeason(int year, int season) =>
        new(ProlepticCalendar.DayNumber(year, 1, 1), ProlepticCalendar.DayNumber(year, 12, 31), season * RanksOfEnd);

    /// <summary>From the start of one to the end of the other; the season of the start counts before that of the end.</summary>
    public static EdtfBounds Between(EdtfBounds start, EdtfBounds end) =>
        new(start.Earliest, end.Latest, start.SeasonRank + (end.SeasonRank / RanksOfEnd));
}
