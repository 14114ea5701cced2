using System.Globalization;
using Library.Contracts.Values;

namespace Library.Contracts.Tests.Values;

public sealed class EdtfDateTests
{
    [Theory]
    [InlineData("1967-05-30", "1967-05-30", "1967-05-30")]
    [InlineData("1967-05", "1967-05-01", "1967-05-31")]
    [InlineData("1967", "1967-01-01", "1967-12-31")]
    [InlineData("196X", "1960-01-01", "1969-12-31")]
    [InlineData("19XX", "1900-01-01", "1999-12-31")]
    [InlineData("1967-XX", "1967-01-01", "1967-12-31")]
    [InlineData("1967-05-XX", "1967-05-01", "1967-05-31")]
    [InlineData("1967-XX-XX", "1967-01-01", "1967-12-31")]
    [InlineData("1968-02", "1968-02-01", "1968-02-29")]
    [InlineData("1967-21", "1967-01-01", "1967-12-31")]
    [InlineData("1967-24?", "1967-01-01", "1967-12-31")]
    [InlineData("1967?", "1967-01-01", "1967-12-31")]
    [InlineData("1967-05~", "1967-05-01", "1967-05-31")]
    [InlineData("1967-05-30%", "1967-05-30", "1967-05-30")]
    [InlineData("198X?", "1980-01-01", "1989-12-31")]
    [InlineData("2000-02-29", "2000-02-29", "2000-02-29")]
    [InlineData("9999-12-31", "9999-12-31", "9999-12-31")]
    [InlineData("0001", "0001-01-01", "0001-12-31")]
    [InlineData("0099", "0099-01-01", "0099-12-31")]
    [InlineData("1999/2003", "1999-01-01", "2003-12-31")]
    [InlineData("1999~/2003-06?", "1999-01-01", "2003-06-30")]
    [InlineData("1999-05/1999", "1999-05-01", "1999-12-31")]
    [InlineData("1999/1999", "1999-01-01", "1999-12-31")]
    [InlineData("1967-24/1968-21", "1967-01-01", "1968-12-31")]
    [InlineData("1999/..", "1999-01-01", null)]
    [InlineData("1985/", "1985-01-01", null)]
    [InlineData("../1999", null, "1999-12-31")]
    [InlineData("/1985", null, "1985-12-31")]
    public void A_date_spans_the_days_from_its_earliest_to_its_latest(string text, string? earliest, string? latest)
    {
        var date = EdtfDate.Parse(text);
        (date.Text, date.ToString()).ShouldBe((text, text));
        date.EarliestDay.ShouldBe(Day(earliest));
        date.LatestDay.ShouldBe(Day(latest));
        date.IsInterval.ShouldBe(text.Contains('/', StringComparison.Ordinal));
        EdtfDate.TryParse(text, allowInterval: false, out _, out _).ShouldBe(!date.IsInterval);
    }

    /// <summary>Days since 0001-01-01, worked out by the formula for Julian day numbers, less that of 0001-01-01 (1,721,426).</summary>
    [Theory]
    [InlineData("0000-12-31", -1, -1)]
    [InlineData("0000-02-29", -307, -307)]
    [InlineData("0000", -366, -1)]
    [InlineData("-0001", -731, -367)]
    [InlineData("-0043-03-15", -15998, -15998)]
    [InlineData("-0004-02-29", -1768, -1768)]
    [InlineData("-4712-01-01", -1721388, -1721388)]
    [InlineData("-004X", -18263, -14611)]
    [InlineData("-04XX", -182622, -146098)]
    [InlineData("-000X", -3653, -367)]
    [InlineData("-00XX", -36525, -367)]
    [InlineData("-9999-01-01", -3652425, -3652425)]
    public void Years_before_the_first_are_counted_astronomically(string text, int earliest, int latest) =>
        (EdtfDate.Parse(text).EarliestDay, EdtfDate.Parse(text).LatestDay).ShouldBe((earliest, latest));

    [Theory]
    [InlineData("1967-02-30", "28 days")]
    [InlineData("1900-02-29", "28 days")]
    [InlineData("2001-02-29", "28 days")]
    [InlineData("-0001-02-29", "28 days")]
    [InlineData("1967-04-31", "30 days")]
    [InlineData("1967-05-00", "31 days")]
    [InlineData("1967-13", "month")]
    [InlineData("1967-00", "month")]
    [InlineData("1967-20", "month")]
    [InlineData("1967-25", "month")]
    [InlineData("1967-41", "month")]
    [InlineData("1967-21-01", "month")]
    [InlineData("12345", "four digits")]
    [InlineData("20040612", "four digits")]
    [InlineData("-12345", "four digits")]
    [InlineData("-0000", "1 BC is 0000")]
    [InlineData("XXXX", "last two digits")]
    [InlineData("1XXX", "last two digits")]
    [InlineData("19X7", "last two digits")]
    [InlineData("196X-05", "last two digits")]
    [InlineData("2003/1999", "ends before it begins")]
    [InlineData("1999-06/1999-05-31", "ends before it begins")]
    [InlineData("/", "At least one end")]
    [InlineData("../..", "At least one end")]
    [InlineData("/..", "At least one end")]
    [InlineData("1999/2003/2005", "level 1")]
    [InlineData("1999/1967-02-30", "28 days")]
    [InlineData("85", "level 1")]
    [InlineData("", "level 1")]
    [InlineData("..", "level 1")]
    [InlineData("?", "level 1")]
    [InlineData("-", "level 1")]
    [InlineData("+1967", "level 1")]
    [InlineData(" 1967", "level 1")]
    [InlineData("1967 ", "level 1")]
    [InlineData("1967-5", "level 1")]
    [InlineData("1967-", "level 1")]
    [InlineData("1967-05-", "level 1")]
    [InlineData("1967-05-3", "level 1")]
    [InlineData("1967-05-X1", "level 1")]
    [InlineData("1967-XX-05", "level 1")]
    [InlineData("1967/05", "level 1")]
    [InlineData("1967?~", "level 1")]
    [InlineData("?1967", "level 1")]
    [InlineData("1967?-05", "level 1")]
    [InlineData("196x", "level 1")]
    [InlineData("196u", "level 1")]
    [InlineData("Y12345", "level 1")]
    [InlineData("1967-05-30T12:00:00Z", "level 1")]
    [InlineData("30.05.1967", "level 1")]
    [InlineData("１９６７", "level 1")]
    [InlineData("[1667,1668]", "level 1")]
    [InlineData("-9999-12-31%/-9999-12-31%?", "level 1")]
    public void What_is_no_date_is_refused_in_plain_words(string text, string reason)
    {
        EdtfDate.TryParse(text, allowInterval: true, out var date, out var error).ShouldBeFalse();
        error.ShouldContain(reason);
        date.ShouldBe(default);
        Should.Throw<FormatException>(() => EdtfDate.Parse(text)).Message.ShouldBe(error);
    }

    [Fact]
    public void An_interval_is_refused_where_a_single_date_belongs()
    {
        EdtfDate.TryParse("1999/2003", allowInterval: false, out _, out var error).ShouldBeFalse();
        error.ShouldBe("It must be a single date, not an interval.");
        EdtfDate.TryParse(null, allowInterval: true, out _, out error).ShouldBeFalse();
    }

    [Fact]
    public void Reading_a_text_takes_no_memory_besides_it()
    {
        EdtfDate.TryParse("1967-05-30", true, out _, out _).ShouldBeTrue();
        var before = GC.GetAllocatedBytesForCurrentThread();
        EdtfDate.TryParse("1967-05-30", true, out var day, out _);
        EdtfDate.TryParse("1999~/2003", true, out var years, out _);
        GC.GetAllocatedBytesForCurrentThread().ShouldBe(before);
        (day.IsInterval, years.IsInterval).ShouldBe((false, true));
    }

    private static int? Day(string? text) => text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber;
}
