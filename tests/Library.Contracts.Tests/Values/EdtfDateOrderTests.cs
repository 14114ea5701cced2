using System.Text.Json;
using Library.Contracts.Values;

namespace Library.Contracts.Tests.Values;

public sealed class EdtfDateOrderTests
{
    private static readonly string[] InOrder =
    [
        "-0043", "0000", "0001-01-01", "19XX", "1967-01-01", "1967-01", "1967", "1967-21", "1967-21/1967-23", "1967-22", "1967-23", "1967-24", "1967-24/1967-24", "1967/1968",
        "1967/..", "1967-21/..", "1967-01-02", "1967-05-XX/1999", "1967-05-30", "1968", "9999-12-31", "../-0043", "/1967", "../1968",
    ];

    [Fact]
    public void The_earliest_day_goes_first_then_the_latest_then_the_season_and_no_earliest_day_comes_last()
    {
        var dates = InOrder.OrderBy(text => text.Length).ThenByDescending(text => text, StringComparer.Ordinal).Select(text => EdtfDate.Parse(text)).ToList();
        dates.Sort(EdtfDate.Compare);
        dates.Select(date => date.Text).ShouldBe(InOrder);
    }

    [Theory]
    [InlineData("1967", "1967?")]
    [InlineData("1967", "1967-XX-XX")]
    [InlineData("1967/..", "1967/")]
    [InlineData("../1967", "/1967")]
    public void Texts_that_span_the_same_days_tie(string one, string other)
    {
        EdtfDate.Compare(EdtfDate.Parse(one), EdtfDate.Parse(other)).ShouldBe(0);
        (EdtfDate.Parse(one) == EdtfDate.Parse(other)).ShouldBeFalse();
        (EdtfDate.Parse(one) != EdtfDate.Parse(one)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("1961", "1960", true)]
    [InlineData("1960", "1960", false)]
    [InlineData("196X", "1960", false)]
    [InlineData("197X", "1969-12-31", true)]
    [InlineData("1961/..", "1960", true)]
    [InlineData("1961/", "1960", true)]
    [InlineData("/1961", "1960", false)]
    [InlineData("../1961", "1960", false)]
    [InlineData("1970", "1960/..", false)]
    public void Only_what_lies_behind_all_of_a_date_is_known_to_be_later(string later, string date, bool known)
    {
        EdtfDate.Parse(later).IsKnownLaterThan(EdtfDate.Parse(date)).ShouldBe(known);
        EdtfDate.Parse(date).IsKnownEarlierThan(EdtfDate.Parse(later)).ShouldBe(known);
    }

    [Theory]
    [InlineData("2025", false)]
    [InlineData("2025-06", false)]
    [InlineData("202X", false)]
    [InlineData("2025-06-30", false)]
    [InlineData("2025-07-01", true)]
    [InlineData("2025-07/2025-08", true)]
    [InlineData("2026?", true)]
    public void A_date_of_a_person_lies_in_the_future_only_if_all_of_it_does(string text, bool future) =>
        EdtfDate.Parse(text).IsKnownLaterThan(new DateOnly(2025, 6, 30)).ShouldBe(future);

    [Fact]
    public void In_JSON_it_is_its_text()
    {
        var json = JsonSerializer.Serialize(new Dictionary<string, EdtfDate?> { ["a"] = EdtfDate.Parse("1999~/2003%"), ["b"] = null });
        json.ShouldBe("""{"a":"1999~/2003%","b":null}""");
        JsonSerializer.Deserialize<Dictionary<string, EdtfDate?>>(json)!["a"].ShouldBe(EdtfDate.Parse("1999~/2003%"));
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<EdtfDate>("\"1967-02-30\"")).Message.ShouldContain("28 days");
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<EdtfDate>("1967"));
    }
}
