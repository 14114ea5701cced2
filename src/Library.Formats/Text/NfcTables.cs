using System.Collections;
using System.Globalization;

namespace Library.Formats.Text;

/// <summary>The tables of nfc.txt, read when they are first asked for.</summary>
internal sealed class NfcTables
{
    public static readonly NfcTables Instance = new();

    private readonly Dictionary<int, byte> classes = [];
    private readonly Dictionary<int, (int First, int Second)> decompositions = [];
    private readonly Dictionary<(int First, int Second), int> compositions = [];
    private readonly BitArray inert = new(char.MaxValue + 1, true);

    private NfcTables()
    {
        foreach (var row in Resource.Rows("nfc.txt"))
        {
            var words = row.Split(' ');
            if (words[0] == "class") AddClass(byte.Parse(words[1], CultureInfo.InvariantCulture), words.AsSpan(2));
            else AddDecompositions(words.AsSpan(1), words[0] == "pair");
        }

        for (var jamo = Hangul.FirstVowel; jamo < Hangul.FirstVowel + Hangul.Vowels; jamo++) inert[jamo] = false;
        for (var jamo = Hangul.FirstTail + 1; jamo < Hangul.FirstTail + Hangul.Tails; jamo++) inert[jamo] = false;
        for (var surrogate = 0xD800; surrogate <= 0xDFFF; surrogate++) inert[surrogate] = false;
    }

    /// <summary>Whether text of nothing but such characters is in Normalization Form C.</summary>
    public bool IsInert(char character) => inert[character];

    /// <summary>Canonical combining class; 0: it begins anew.</summary>
    public byte Class(int character) => classes.GetValueOrDefault(character);

    /// <summary>What it is taken apart into, in one step; Second is 0 where it is one character.</summary>
    public bool TryDecompose(int character, out (int First, int Second) parts)
    {
        if (Hangul.TryDecompose(character, out parts)) return true;
        return decompositions.TryGetValue(character, out parts);
    }

    public bool TryCompose(int first, int second, out int composed) =>
        Hangul.TryCompose(first, second, out composed) || compositions.TryGetValue((first, second), out composed);

    private void AddClass(byte number, ReadOnlySpan<string> spans)
    {
        foreach (var span in spans)
        {
            var hyphen = span.IndexOf('-', StringComparison.Ordinal);
            var first = Code(hyphen < 0 ? span : span.AsSpan(0, hyphen));
            var last = hyphen < 0 ? first : Code(span.AsSpan(hyphen + 1));
            for (var code = first; code <= last; code++)
            {
                classes[code] = number;
                SetNotInert(code);
            }
        }
    }

    private void AddDecompositions(ReadOnlySpan<string> entries, bool areComposed)
    {
        foreach (var entry in entries)
        {
            var equals = entry.IndexOf('=', StringComparison.Ordinal);
            var comma = entry.IndexOf(',', StringComparison.Ordinal);
            var whole = Code(entry.AsSpan(0, equals));
            var parts = comma < 0 ? (Code(entry.AsSpan(equals + 1)), 0) : (Code(entry.AsSpan(equals + 1, comma - equals - 1)), Code(entry.AsSpan(comma + 1)));
            decompositions[whole] = parts;
            if (areComposed) compositions[parts] = whole;
            SetNotInert(areComposed ? parts.Item2 : whole);
        }
    }

    private void SetNotInert(int code)
    {
        if (code <= char.MaxValue) inert[code] = false;
    }

    private static int Code(ReadOnlySpan<char> hexadecimal) => int.Parse(hexadecimal, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
