using System.Text;
using Library.Formats.Marc8;

namespace Library.Formats.Tests.Marc8;

public class Marc8DecoderTests
{
    [Theory]
    [InlineData("caf\xE2\x65", "caf\u00E9", "the mark stands before its letter")]
    [InlineData("\xE2\xE5\x65", "\u00E9\u0304", "several marks keep their order")]
    [InlineData("\xEBt\xECs", "t\u0361s", "a ligature is one mark")]
    [InlineData("\xFA\x61\xFB\x62", "a\u0360b", "and so is a double tilde")]
    [InlineData("\xE2 x", " \u0301x", "an accent on a blank")]
    [InlineData("\x1B(NABC\x1B(B!", "абц!", "Cyrillic")]
    [InlineData("\x1B(N\x41\x1B)N\xC1", "аа", "Cyrillic in G1")]
    [InlineData("\x1B(2\x60\x61\x1B(B", "אב", "Hebrew")]
    [InlineData("\x1B(2\x4C\x60", "א\u05BF", "rafe stands behind its letter")]
    [InlineData("\x1B(S\x25\x61", "\u1F00", "smooth breathing, too")]
    [InlineData("\x1B(3\x41\x1B(4\x41", "ءڕ", "Arabic, basic and extended")]
    [InlineData("\x1B$1!0!!0\"\x1B(B.", "一丁.", "EACC has three bytes a character")]
    [InlineData("\x1B$1!0! !0\"", "一 丁", "a blank is a blank in every set")]
    [InlineData("\x1Bga\x1Bs H\x1B\x62" + "2\x1BsO x\x1Bp3\x1Bs", "α H₂O x³", "Greek symbols, subscripts, superscripts")]
    [InlineData("\x88The \x89Title", "\u0098The \u009CTitle", "not sorted")]
    [InlineData("\x8D\x8E", "\u200D\u200C", "joiner, non-joiner")]
    [InlineData("&#x1EC5;", "\u1EC5", "what MARC-8 has no code for")]
    [InlineData("&#x20000;", "\U00020000", "and beyond four digits")]
    [InlineData("&#xZZ; &#xD800; &amp;", "&#xZZ; &#xD800; &amp;", "what is no such reference stays")]
    [InlineData("\x1B(!E\x22", "Ø", "ANSEL in G0")]
    public void Text_is_read_and_composed(string bytes, string text, string because)
    {
        Marc8Decoder.Decode(Encoding.Latin1.GetBytes(bytes), out var faults).ShouldBe(text, because);
        faults.Dropped.ShouldBe(0);
    }

    [Theory]
    [InlineData("a\xFF" + "b", "ab", 1, 1)]
    [InlineData("ab\xAF", "ab", 1, 2)]
    [InlineData("\x1B$1!0", "", 1, 3)]
    [InlineData("\x1B$1!0!~~~!0!", "一一", 1, 6)]
    [InlineData("\x1B(ZX", "X", 1, 0)]
    [InlineData("\x1B", "", 1, 0)]
    [InlineData("a\xE2", "a", 1, 1)]
    [InlineData("\x85x\x7F", "x", 2, 0)]
    public void A_code_for_nothing_costs_itself(string bytes, string text, int dropped, int first)
    {
        Marc8Decoder.Decode(Encoding.Latin1.GetBytes(bytes), out var faults).ShouldBe(text);
        faults.ShouldBe(new Marc8Faults(dropped, first));
    }

    [Fact]
    public void The_tables_are_what_yaz_says()
    {
        var folder = Path.Combine(Peers.Repository, "src/Library.Formats/Marc8");
        Assert.SkipWhen(Peers.Run("yaz-marcdump", "-V").Exit != 0, "yaz-marcdump does not run.");
        var (exit, output, error) = Peers.Run("python3", Path.Combine(folder, "marc8-tables"), "--print");
        exit.ShouldBe(0, error);
        output.ShouldBe(File.ReadAllText(Path.Combine(folder, "marc8.txt")));
    }

    [Fact]
    public void Every_code_of_every_set_has_its_character()
    {
        var sizes = "EgbpNQ234S1".ToDictionary(final => final, final => Codes(Marc8Set.Find(final)!.Width).Count(code => Marc8Set.Find(final)!.Character(code) != 0));
        sizes.ShouldBe(new Dictionary<char, int>
        {
            ['E'] = 63, ['g'] = 3, ['b'] = 14, ['p'] = 14, ['N'] = 94, ['Q'] = 42, ['2'] = 78, ['3'] = 83, ['4'] = 90, ['S'] = 73, ['1'] = 15_738,
        });
    }

    private static List<int> Codes(int width)
    {
        var graphic = Enumerable.Range(0x21, 94).ToList();
        return width == 1 ? graphic : [.. from one in graphic from two in graphic from three in graphic select (one << 16) | (two << 8) | three];
    }
}
