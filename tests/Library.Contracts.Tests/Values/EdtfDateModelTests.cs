using System.Globalization;
using CsCheck;
using Library.Contracts.Values;

namespace Library.Contracts.Tests.Values;

/// <summary>Against a slow and obvious calendar: one day after the other through all the years.</summary>
public sealed class EdtfDateModelTests
{
    private static readonly int[] MonthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

    [Fact]
    public void Every_day_of_20_000_years_follows_the_one_before()
    {
        var day = EdtfDate.Parse("-9999-01-01").EarliestDay!.Value;
        for (var year = -9999; year <= 9999; year++)
        {
            var firstOfYear = day;
            for (var month = 1; month <= 12; month++)
            {
                var firstOfMonth = day;
                var length = MonthLengths[month - 1] + (month == 2 && IsLeap(year) ? 1 : 0);
                for (var number = 1; number <= length; number++, day++) ShouldSpan($"{Year(year)}-{month:00}-{number:00}", day, day);
                if (EdtfDate.TryParse($"{Year(year)}-{month:00}-{length + 1:00}", false, out _, out _)) Assert.Fail($"{year}-{month} has {length} days.");
                ShouldSpan($"{Year(year)}-{month:00}", firstOfMonth, day - 1);
            }

            if (year == 0) day.ShouldBe(0);
            ShouldSpan(Year(year), firstOfYear, day - 1);
        }

        day.ShouldBe(DateOnly.MaxValue.DayNumber + 1);
    }

    [Fact]
    public void Filters_and_order_by_keys_are_those_of_the_days() =>
        Gen.Select(Dates, Dates).Sample((one, other) =>
        {
            var later = one.EarliestDay is { } earliest && other.LatestDay is { } latest && earliest > latest;
            one.IsKnownLaterThan(other).ShouldBe(later);
            (other.LatestKey < one.EarliestDay * EdtfDate.KeysPerDay).ShouldBe(later);
            var days = ((long)(one.EarliestDay ?? int.MaxValue), (long)(one.LatestDay ?? int.MaxValue)).CompareTo((other.EarliestDay ?? int.MaxValue, other.LatestDay ?? int.MaxValue));
            if (days != 0) Math.Sign(EdtfDate.Compare(one, other)).ShouldBe(days);
            EdtfDate.Compare(other, one).ShouldBe(-EdtfDate.Compare(one, other));
        });

    [Fact]
    public void Any_text_is_taken_or_refused_and_what_is_taken_spans_days() =>
        Gen.Char["0123456789-X/.?~%"].Array[0, 24].Select(letters => new string(letters)).Sample(
            text =>
            {
                if (!EdtfDate.TryParse(text, true, out var date, out var error)) error.ShouldNotBeNullOrEmpty();
                else if (date is { EarliestDay: { } earliest, LatestDay: { } latest }) earliest.ShouldBeLessThanOrEqualTo(latest);
            },
            iter: 100_000);

    private static Gen<string> SingleDates =>
        Gen.Select(Gen.Int[-9999, 9999], Gen.Int[1, 12], Gen.Int[1, 28], Gen.Int[0, 7], Gen.OneOf("", "?", "~", "%"), (year, month, day, form, qualifier) => form switch
        {
            0 => Year(year),
            1 => $"{Year(year)}-{month:00}",
            2 => $"{Year(year)}-{month:00}-{day:00}",
            3 => Year(year)[..^1] + "X",
            4 => Year(year)[..^2] + "XX",
            5 => $"{Year(year)}-{20 + ((month + 2) / 3):00}",
            6 => $"{Year(year)}-{month:00}-XX",
            _ => $"{Year(1960 + (year % 5))}-{month:00}",
        } + qualifier);

    private static Gen<EdtfDate> Dates =>
        Gen.Select(SingleDates, SingleDates, Gen.OneOf("", "", "/", "/..", "..", "a/b"), (one, other, form) => form switch
        {
            "/" or "/.." => EdtfDate.Parse(one + form),
            ".." => EdtfDate.Parse($"../{one}"),
            "a/b" when EdtfDate.TryParse($"{one}/{other}", true, out var interval, out _) => interval,
            _ => EdtfDate.Parse(one),
        });

    private static void ShouldSpan(string text, int earliest, int latest)
    {
        var date = EdtfDate.Parse(text);
        if (date.EarliestDay != earliest || date.LatestDay != latest) Assert.Fail($"{text}: {date.EarliestDay} to {date.LatestDay}, not {earliest} to {latest}.");
    }

    private static string Year(int year) => year.ToString("0000;-0000", CultureInfo.InvariantCulture);

    private static bool IsLeap(int year) => year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
}
