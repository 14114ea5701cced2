using System.Buffers.Binary;
using System.Text;
using CsCheck;
using Library.Hosting.Search;

namespace Library.Hosting.Tests.Search;

public sealed class SearchPropertyTests
{
    /// <summary>What matters to words, and what is odd.</summary>
    private static readonly string[] Parts =
    [
        "a", "B", "é", "e\u0301", "ß", "İ", "ς", "1", "٢", "20", " ", "\u00A0", "\n", ".", ",", "-", "--", "'", "’", "ʼ", "\"", "/", "*", "+", "++", "#", "&", "@", "·", "\u00AD",
        "\u200B", "\u0301", "\u0306", "и", "й", "ё", "שׁ", "אָ", "آ", "ء", "ﷺ", "ﬃ", "½", "か", "\u3099", "ﾞ", "ｶ", "が", "猫", "東京", "\u1112", "\u1161", "\u11AB", "한", "ก", "ำ", "क", "\u093C",
        "\uD800", "\uDC00", "𝔄", "𠀀", "\U000E0001", "\uFFFF", "\uFFFD", "word", "s", "net", "\\", "\0",
    ];

    private static readonly Gen<string> Odd = Gen.Int[0, Parts.Length - 1].Array[0, 40].Select(chosen => string.Concat(chosen.Select(part => Parts[part])));

    private static readonly Gen<string> Any = Gen.Char.Array[0, 60].Select(characters => new string(characters));

    private static readonly Gen<string> Texts = Gen.OneOf(Odd, Any, Gen.String);

    [Fact]
    public void Folding_what_is_folded_changes_nothing() => Texts.Sample(text =>
    {
        var folded = Folding.Fold(text);
        folded.ShouldBe(Folding.Fold(folded));
        Folding.Key(text).ShouldBe(Folding.Key(Folding.Key(text)));
    });

    [Fact]
    public void Every_character_is_folded_for_good()
    {
        for (var point = 0; point <= 0x10FFFF; point++)
        {
            if (point is >= 0xD800 and <= 0xDFFF) continue;
            var folded = Folding.Fold(char.ConvertFromUtf32(point));
            if (Folding.Fold(folded) != folded) Assert.Fail($"U+{point:X4} becomes {folded}, and that {Folding.Fold(folded)}.");
        }
    }

    [Fact]
    public void Every_word_of_a_text_finds_it() => Texts.Sample(text =>
    {
        var words = Search.WordsOf(Search.VectorOf(text));
        foreach (var word in text.Split((char[])[' ', '\n', '\u00A0'], StringSplitOptions.RemoveEmptyEntries))
            if (SearchQuery.Parse(word) is { } query) Search.Finds(query, words).ShouldBeTrue($"{query} of {word} in {string.Join(' ', words)}");
        if (SearchQuery.Parse(text) is { } all) Search.Finds(all, words).ShouldBeTrue($"{all} in {string.Join(' ', words)}");
    });

    [Fact]
    public void A_query_has_words_where_an_index_has() => Texts.Sample(text => (SearchQuery.Parse(text) is null).ShouldBe(Search.VectorOf(text).Length == 0));

    [Fact]
    public void Both_forms_of_a_vector_are_the_same_and_as_Postgres_takes_them() => Gen.Select(Texts, Texts, Texts).Sample((heading, text, other) =>
    {
        var vector = Search.Vector(heading, text, other);
        ReadChecked(vector.ToBinary()).ShouldBe(vector.ToText());
    });

    /// <summary>The longest that the catalog takes, of what makes the most of it.</summary>
    [Theory]
    [InlineData("ﷺ")]
    [InlineData("㌖")]
    [InlineData("ﷻ")]
    [InlineData("J.")]
    [InlineData("a-")]
    [InlineData("a'")]
    [InlineData("a/b-")]
    [InlineData("C++")]
    [InlineData(".a")]
    [InlineData("x")]
    [InlineData("\U0002A6A5")]
    [InlineData("\u0301")]
    [InlineData("\uD800")]
    [InlineData("½")]
    public void A_vector_is_bounded(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 100_000));
        ReadChecked(Search.Vector(text, text, text).ToBinary());
    }

    [Fact]
    public void A_vector_of_words_that_all_differ_is_bounded()
    {
        var han = string.Concat(Enumerable.Range(0x20000, 40_000).Select(char.ConvertFromUtf32));
        ReadChecked(Search.Vector(han, han).ToBinary());
        var words = string.Join('-', Enumerable.Range(0, 20_000).Select(i => i.ToString("x", null) + "é"));
        ReadChecked(Search.Vector(words, words).ToBinary());
        var random = new Random(1);
        for (var i = 0; i < 20; i++)
        {
            var text = string.Concat(Enumerable.Range(0, 40_000).Select(_ => Parts[random.Next(Parts.Length)]));
            ReadChecked(Search.Vector(text, text).ToBinary());
        }
    }

    /// <returns>The vector as text.</returns>
    private static string ReadChecked(ReadOnlySpan<byte> vector)
    {
        var text = new StringBuilder();
        var (count, last, size) = (BinaryPrimitives.ReadInt32BigEndian(vector), Array.Empty<byte>(), 0);
        for (vector = vector[4..]; count > 0; count--)
        {
            var word = vector[..vector.IndexOf((byte)0)];
            word.Length.ShouldBeInRange(1, 600);
            word.SequenceCompareTo(last).ShouldBeGreaterThan(0, "each once, in the order of its bytes");
            last = word.ToArray();
            vector = vector[(word.Length + 1)..];
            var places = BinaryPrimitives.ReadUInt16BigEndian(vector);
            places.ShouldBeInRange((ushort)1, (ushort)255);
            size += word.Length + 1 + 2 + (2 * places);
            text.Append(text.Length > 0 ? " '" : "'").Append(Encoding.UTF8.GetString(word)).Append('\'');
            var before = 0;
            for (var i = 0; i < places; i++)
            {
                var place = BinaryPrimitives.ReadUInt16BigEndian(vector[(2 + (2 * i))..]);
                (place & 0x3FFF).ShouldBeGreaterThan(before, "positions ascend");
                before = place & 0x3FFF;
                text.Append(i == 0 ? ':' : ',').Append(before).Append((place >> 14) switch { 3 => "A", 0 => "", _ => "?" });
            }

            vector = vector[(2 + (2 * places))..];
        }

        vector.Length.ShouldBe(0);
        size.ShouldBeLessThan(850_000);
        return text.ToString();
    }
}
