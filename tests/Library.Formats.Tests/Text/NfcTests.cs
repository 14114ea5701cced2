using System.Globalization;
using CsCheck;
using Library.Formats.Text;

namespace Library.Formats.Tests.Text;

public class NfcTests
{
    [Theory]
    [InlineData("e\u0301", "\u00E9")]
    [InlineData("\u00E9\u0301", "\u00E9\u0301")]
    [InlineData("e\u0323\u0302", "\u1EC7")]
    [InlineData("e\u0302\u0323", "\u1EC7")]
    [InlineData("a\u0327\u0301x", "\u00E1\u0327x")]
    [InlineData("\u1100\u1161\u11A8", "\uAC01")]
    [InlineData("\u212B", "\u00C5")]
    [InlineData("\u0958", "\u0915\u093C")]
    [InlineData("\uD834\uDD57\uD834\uDD65", "\uD834\uDD57\uD834\uDD65")]
    [InlineData("t\u0361s", "t\u0361s")]
    [InlineData("\u03B1\u0313\u0301", "\u1F04")]
    [InlineData("", "")]
    public void Text_is_composed(string text, string composed) => Nfc.Compose(text).ShouldBe(composed);

    [Fact]
    public void Text_with_nothing_to_do_is_the_same_text()
    {
        foreach (var text in new[] { "Le Guin, Ursula K.", "坊っちゃん", "Война и мир", "é", "מוזיקה" }) Nfc.Compose(text).ShouldBeSameAs(text);
        Nfc.Compose("e\u0301\uD800").ShouldBe("\u00E9\uD800");
    }

    [Fact]
    public void Every_line_of_the_conformance_test_holds()
    {
        const string Path = "/usr/share/unicode/NormalizationTest.txt.bz2";
        Assert.SkipUnless(File.Exists(Path), "Debian's package unicode-data is not installed.");
        var lines = Peers.Run("bzcat", Path).Output.Split('\n').Where(line => line.Length > 0 && line[0] is not ('#' or '@')).ToList();
        lines.Count.ShouldBeGreaterThan(15_000);
        foreach (var line in lines)
        {
            var columns = line.Split(';').Take(5).Select(Characters).ToArray();
            // The test's own words: c2 == toNFC(c1) == toNFC(c2) == toNFC(c3), c4 == toNFC(c4) == toNFC(c5).
            foreach (var column in columns[..3]) if (Nfc.Compose(column) != columns[1]) Assert.Fail(line);
            foreach (var column in columns[3..]) if (Nfc.Compose(column) != columns[3]) Assert.Fail(line);
        }
    }

    [Fact]
    public void Composed_text_stays_as_it_is() =>
        Gen.Int[0, 0x1FFF].Array[0, 12].Select(codes => string.Concat(codes.Select(char.ConvertFromUtf32))).Sample(
            text =>
            {
                var composed = Nfc.Compose(text);
                Nfc.Compose(composed).ShouldBe(composed);
                Nfc.Compose("\n" + text).ShouldBe("\n" + composed);
            },
            iter: 20_000);

    private static string Characters(string codes) => string.Concat(codes.Split(' ').Select(code => char.ConvertFromUtf32(int.Parse(code, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))));
}
