using Library.Contracts.Values;

namespace Library.Contracts.Tests.Values;

public sealed class LanguagesTests
{
    [Theory]
    [InlineData("eng", "eng")]
    [InlineData("en", "eng")]
    [InlineData("EN", "eng")]
    [InlineData("Eng", "eng")]
    [InlineData("ger", "deu")]
    [InlineData("GER", "deu")]
    [InlineData("deu", "deu")]
    [InlineData("de", "deu")]
    [InlineData("fre", "fra")]
    [InlineData("chi", "zho")]
    [InlineData("cmn", "cmn")]
    [InlineData("wel", "cym")]
    [InlineData("alb", "sqi")]
    [InlineData("zu", "zul")]
    [InlineData("aa", "aar")]
    [InlineData("aaa", "aaa")]
    [InlineData("zzj", "zzj")]
    [InlineData("grc", "grc")]
    [InlineData("sh", "hbs")]
    [InlineData("scr", "hrv")]
    [InlineData("scc", "srp")]
    [InlineData("iw", "heb")]
    public void A_code_of_any_part_is_stored_as_that_of_ISO_639_3(string code, string expected) => ShouldBecome(code, expected);

    [Theory]
    [InlineData("ber")]
    [InlineData("sla")]
    [InlineData("nai")]
    [InlineData("mul")]
    [InlineData("und")]
    [InlineData("zxx")]
    [InlineData("mis")]
    [InlineData("qaa")]
    [InlineData("qtz")]
    public void Collective_special_and_local_codes_are_kept(string code) => ShouldBecome(code, code);

    [Theory]
    [InlineData("")]
    [InlineData("e")]
    [InlineData("xx")]
    [InlineData("aav")]
    [InlineData("qzz")]
    [InlineData("english")]
    [InlineData("en-GB")]
    [InlineData("e1")]
    [InlineData("en ")]
    [InlineData("\u212Ang")]
    [InlineData("ｅｎｇ")]
    [InlineData("@@@")]
    public void What_is_no_code_is_refused(string code) => Languages.TryNormalize(code, out _).ShouldBeFalse();

    [Fact]
    public void Every_code_is_found_and_stays_what_it_became()
    {
        var codes = Codes().Where(code => Languages.TryNormalize(code, out _)).ToList();
        codes.Count(code => code.Length == 2).ShouldBe(189);
        codes.Count(code => code.Length == 3).ShouldBe(7_910 + 66 + 520 + 23);
        foreach (var code in codes)
        {
            Languages.TryNormalize(code, out var stored).ShouldBeTrue();
            ShouldBecome(stored!, stored!);
        }
    }

    private static void ShouldBecome(string code, string expected)
    {
        Languages.TryNormalize(code, out var stored).ShouldBeTrue();
        stored.ShouldBe(expected);
    }

    private static IEnumerable<string> Codes()
    {
        var letters = Enumerable.Range('a', 26).Select(letter => ((char)letter).ToString()).ToList();
        var pairs = letters.SelectMany(first => letters.Select(second => first + second)).ToList();
        return pairs.Concat(pairs.SelectMany(pair => letters.Select(third => pair + third)));
    }
}
