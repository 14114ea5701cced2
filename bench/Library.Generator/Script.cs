using System.Text;

namespace Library.Generator;

/// <summary>A way of writing: made-up words, a few of them frequent and most of them rare, put together as that script puts them.</summary>
internal sealed class Script
{
    private const int Words = 20_000;

    private readonly string[] _words;
    private readonly string _space;
    private readonly Zipf _frequency;

    /// <param name="syllables">What words are made of, 1 to <paramref name="longest"/> of them.</param>
    private Script(string name, string space, int longest, IReadOnlyList<string> syllables, Zipf frequency)
    {
        (_space, _frequency) = (space, frequency);
        var random = new Random(Seed(name));
        // The frequent words are the short ones, as in every language.
        _words = [.. Enumerable.Range(0, Words).Select(rank => Word(random, syllables, 1 + Math.Min(longest - 1, (int)(random.NextDouble() * longest * (0.5 + ((double)rank / Words))))))];
    }

    /// <summary>Each with its share of the books.</summary>
    public static IReadOnlyList<(Script Script, double Share)> All { get; } = Make();

    /// <summary>A name or title.</summary>
    public string Title(Random random, int words)
    {
        var text = new StringBuilder();
        for (var i = 0; i < words; i++)
        {
            var word = _words[i == words - 1 ? random.Next(Words) : _frequency.Next(random)];
            if (i > 0) text.Append(_space);
            text.Append(char.ToUpperInvariant(word[0])).Append(word, 1, word.Length - 1);
        }

        return text.ToString();
    }

    /// <summary>Running text, at most that many code points.</summary>
    public string Text(Random random, int words, int longest)
    {
        var text = new StringBuilder();
        for (var i = 0; i < words && text.Length < longest - 40; i++)
        {
            if (i > 0) text.Append(i % 12 == 0 ? ". " : _space);
            text.Append(_words[_frequency.Next(random)]);
        }

        return text.Append('.').ToString();
    }

    private static string Word(Random random, IReadOnlyList<string> syllables, int count) =>
        string.Concat(Enumerable.Range(0, count).Select(_ => syllables[(int)(Math.Pow(random.NextDouble(), 2) * syllables.Count)]));

    private static (Script, double)[] Make()
    {
        var frequency = new Zipf(Words, 1);
        return
        [
            (new Script("English", " ", 4, Pairs("t n s r h d l c m w f g p b v k th st tr", "e a o i u ea ou", "n r s t l d"), frequency), 0.55),
            (new Script("French", " ", 4, Pairs("d l m s p v ç r t qu", "é è a e i ou au ê â", "n r s t"), frequency), 0.08),
            (new Script("German", " ", 4, Pairs("sch st k g b h w z f r", "ä ö ü e a i ei ie", "n ch r ß t"), frequency), 0.08),
            (new Script("Spanish", " ", 4, Pairs("ñ c d l m n p r t v", "a e i o u á é í ó", "n s r l"), frequency), 0.06),
            (new Script("Russian", " ", 4, Pairs("в н к т м п р с д ж ш", "о а е и у ы ё я", "й л в т с н"), frequency), 0.06),
            (new Script("Greek", " ", 4, Pairs("κ τ π σ μ ν λ ρ δ θ", "α ε ι ο ά έ ή ου", "ς ν ρ"), frequency), 0.02),
            (new Script("Arabic", " ", 3, Pairs("ب ت ج د ر س ع ف ق ك", "ا و ي", "ل م ن ه"), frequency), 0.03),
            (new Script("Hindi", " ", 3, Pairs("क ग च ज त द न प ब म", "ा ि ी ु े ो", "र ल स"), frequency), 0.02),
            (new Script("Chinese", "", 2, Range(0x4E00, 3000), frequency), 0.05),
            (new Script("Japanese", "", 3, [.. Range(0x3042, 80), .. Range(0x5000, 1500)], frequency), 0.03),
            (new Script("Korean", " ", 3, Range(0xAC00, 2000), frequency), 0.02),
        ];
    }

    private static string[] Pairs(string onsets, string vowels, string codas) =>
        [.. from vowel in vowels.Split(' ') from onset in onsets.Split(' ') from coda in (string[])["", .. codas.Split(' ')] select onset + vowel + coda];

    private static string[] Range(int first, int count) => [.. Enumerable.Range(first, count).Select(char.ConvertFromUtf32)];

    private static int Seed(string name) => name.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter));
}
