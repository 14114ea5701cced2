using System.Collections.Frozen;
using System.Globalization;
using Library.Formats.Text;

namespace Library.Formats.Marc8;

/// <summary>One coded character set of MARC-8: what its codes stand for, by bytes without their high bit.</summary>
internal sealed class Marc8Set
{
    public static readonly Marc8Set Ascii = MakeAscii();

    private static readonly FrozenDictionary<string, Marc8Set> Sets = Load();

    private readonly Dictionary<int, int> characters = [];
    private readonly HashSet<int> marks = [];

    private Marc8Set(int width) => Width = width;

    /// <summary>Bytes of a code: 3 in EACC, else 1.</summary>
    public int Width { get; }

    public static Marc8Set Ansel => Sets["ansel"];

    /// <summary>The set with this final character of an escape sequence (MARC 21 Specifications, character sets, part 2); null: none.</summary>
    public static Marc8Set? Find(char final) => final switch
    {
        'B' or 's' => Ascii,
        'E' => Ansel,
        'g' => Sets["greek-symbols"],
        'b' => Sets["subscript"],
        'p' => Sets["superscript"],
        '2' => Sets["hebrew"],
        'N' => Sets["cyrillic"],
        'Q' => Sets["cyrillic-extended"],
        '3' => Sets["arabic"],
        '4' => Sets["arabic-extended"],
        'S' => Sets["greek"],
        '1' => Sets["eacc"],
        _ => null,
    };

    /// <summary>The code point of a code; 0: it has none.</summary>
    public int Character(int code) => characters.GetValueOrDefault(code);

    /// <summary>Whether it is a mark, which MARC-8 writes before its letter.</summary>
    public bool IsMark(int code) => marks.Contains(code);

    private static Marc8Set MakeAscii()
    {
        var set = new Marc8Set(1);
        for (var code = 0x21; code < 0x7F; code++) set.characters[code] = code;
        return set;
    }

    private static FrozenDictionary<string, Marc8Set> Load()
    {
        var sets = new Dictionary<string, Marc8Set>();
        foreach (var row in Resource.Rows("marc8.txt"))
        {
            var words = row.Split(' ');
            if (!sets.TryGetValue(words[0], out var set)) sets[words[0]] = set = new Marc8Set(words[0] == "eacc" ? 3 : 1);
            set.Add(words[1], words.AsSpan(2));
        }

        return sets.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private void Add(string kind, ReadOnlySpan<string> words)
    {
        switch (kind)
        {
            case "marks":
                foreach (var mark in words) marks.Add(Code(mark));
                break;
            case "beyond":
                foreach (var pair in words) characters[Code(pair.AsSpan(0, 6))] = Code(pair.AsSpan(7));
                break;
            default:
                var first = Code(kind);
                for (var i = 0; i < words[0].Length / 4; i++)
                    if (Code(words[0].AsSpan(i * 4, 4)) is var character and not 0) characters[first + i] = character;
                break;
        }
    }

    private static int Code(ReadOnlySpan<char> hexadecimal) => int.Parse(hexadecimal, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
