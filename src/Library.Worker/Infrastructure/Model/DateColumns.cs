using Library.Contracts.Values;

namespace Library.Worker.Infrastructure.Model;

/// <summary>A date as rows are sorted and filtered by it.</summary>
/// <param name="Earliest">Its earliest day, counted from 0001-01-01; null: it has none.</param>
/// <param name="Latest"><see cref="EdtfDate.LatestKey"/>; of no date, behind all others.</param>
internal readonly record struct DateColumns(int? Earliest, int Latest)
{
    public static DateColumns Of(string? date)
    {
        if (date is null) return new(null, int.MaxValue);
        var value = EdtfDate.Parse(date);
        return new(value.EarliestDay, value.LatestKey);
    }
}
