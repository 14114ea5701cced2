using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Library.Hosting.Search;

/// <summary>What words are made of.</summary>
internal enum CharacterKind : byte
{
    /// <summary>It separates words: blanks, punctuation, symbols.</summary>
    None,

    /// <summary>A letter, a digit, or a mark that is a letter.</summary>
    Word,

    /// <summary>The same, in a script that does not separate words by blanks.</summary>
    Paired,
}

/// <summary>
/// What each character is folded to, and its kind. The hosts run without ICU (<c>InvariantGlobalization</c>), where <see cref="string.Normalize()"/>
/// knows ASCII only; and an index must not change with the ICU of a machine. The data is that of <c>make-fold-table</c>.
/// </summary>
internal static partial class FoldTable
{
    /// <summary>Marks a folding that is not one other character: none, several, half of a surrogate pair, or a mark that may join the character before it.</summary>
    public const char Longer = '\uD800';

    private const int Plane = 0x10000;
    private const int HangulFirst = 0xAC00, LeadFirst = 0x1100, VowelFirst = 0x1161, TrailBefore = 0x11A7;
    private const int Leads = 19, Vowels = 21, Trails = 28;

    private static readonly char[] BasicPlane = new char[Plane];
    private static readonly Dictionary<int, string> Others = [];
    private static readonly Dictionary<(char, char), char> Composed = [];
    private static readonly CharacterKind[] BasicKinds = new CharacterKind[Plane];
    private static readonly List<(int First, int Last, CharacterKind Kind)> OtherKinds = [];

    static FoldTable()
    {
        for (var point = 0; point < Plane; point++) BasicPlane[point] = char.IsSurrogate((char)point) ? Longer : (char)point;
        foreach (var token in Tokens(Mappings)) ReadMapping(token);
        foreach (var token in Tokens(Compositions)) ReadComposition(token);
        for (var vowel = VowelFirst; vowel < VowelFirst + Vowels; vowel++) MayJoin((char)vowel);
        for (var trail = TrailBefore + 1; trail < TrailBefore + Trails; trail++) MayJoin((char)trail);
        // A character that is folded to such a mark may join too.
        for (var point = 0; point < Plane; point++)
            if (BasicPlane[point] is var target && target != Longer && target != point && BasicPlane[target] == Longer) SetOther(point, target.ToString());
        foreach (var token in Tokens(WordRanges)) ReadKind(token, CharacterKind.Word);
        foreach (var token in Tokens(PairedRanges)) ReadKind(token, CharacterKind.Paired);
        OtherKinds.Sort();
    }

    /// <summary>What a UTF-16 code unit is folded to; <see cref="Longer"/>: <see cref="OtherOf"/> tells.</summary>
    public static ReadOnlySpan<char> Folded => BasicPlane;

    /// <summary>What a character is folded to where that is not one UTF-16 code unit; null: it stays.</summary>
    public static string? OtherOf(int point) => Others.GetValueOrDefault(point);

    /// <summary>The one character that two are, the latter a mark: what Unicode composes and folding keeps. 0: they are two.</summary>
    public static char Compose(char first, char mark)
    {
        if (mark is >= (char)VowelFirst and < (char)(TrailBefore + Trails)) return ComposeHangul(first, mark);
        return Composed.GetValueOrDefault((first, mark));
    }

    public static CharacterKind KindOf(char character) => BasicKinds[character];

    /// <summary>Of a character beyond U+FFFF.</summary>
    public static CharacterKind KindOf(int point)
    {
        var (low, high) = (0, OtherKinds.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (point > OtherKinds[middle].Last) low = middle + 1;
            else if (point < OtherKinds[middle].First) high = middle - 1;
            else return OtherKinds[middle].Kind;
        }

        return CharacterKind.None;
    }

    private static char ComposeHangul(char first, char mark)
    {
        if (mark < VowelFirst + Vowels)
            return first is >= (char)LeadFirst and < (char)(LeadFirst + Leads) ? (char)(HangulFirst + ((((first - LeadFirst) * Vowels) + mark - VowelFirst) * Trails)) : '\0';
        var syllable = first - HangulFirst;
        return mark > TrailBefore && syllable is >= 0 and < Leads * Vowels * Trails && syllable % Trails == 0 ? (char)(first + mark - TrailBefore) : '\0';
    }

    private static void ReadMapping(string token)
    {
        var sign = token.IndexOfAny(['=', '+', '/']);
        if (sign < 0 || token[sign] == '/') sign = token.LastIndexOfAny(['+', '-']);
        // A range and a distance back are both written with a hyphen; the last one is the distance.
        var every = token[sign - 1] == '/' ? 2 : 1;
        var (first, last) = Range(token[..(every == 2 ? sign - 1 : sign)]);
        for (var point = first; point <= last; point += every)
        {
            if (token[sign] == '=') Set(point, Text(token[(sign + 1)..]));
            else Set(point, char.ConvertFromUtf32(point + (token[sign] == '+' ? 1 : -1) * Hex(token[(sign + 1)..])));
        }
    }

    private static void ReadComposition(string token)
    {
        var characters = Text(token.Replace('=', '.'));
        Composed[(characters[0], characters[1])] = characters[2];
        MayJoin(characters[1]);
    }

    private static void ReadKind(string token, CharacterKind kind)
    {
        var (first, last) = Range(token);
        for (var point = first; point <= last && point < Plane; point++) BasicKinds[point] = kind;
        if (last >= Plane) OtherKinds.Add((Math.Max(first, Plane), last, kind));
    }

    private static void Set(int point, string target)
    {
        if (point < Plane && target.Length == 1) BasicPlane[point] = target[0];
        else SetOther(point, target);
    }

    private static void SetOther(int point, string target)
    {
        Others[point] = target;
        if (point < Plane) BasicPlane[point] = Longer;
    }

    private static void MayJoin(char mark)
    {
        if (BasicPlane[mark] != Longer) SetOther(mark, BasicPlane[mark].ToString());
    }

    private static string[] Tokens(string data) => data.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);

    private static (int First, int Last) Range(string token) =>
        token.IndexOf('-', StringComparison.Ordinal) is > 0 and var hyphen ? (Hex(token[..hyphen]), Hex(token[(hyphen + 1)..])) : (Hex(token), Hex(token));

    private static string Text(string codes) => string.Concat(codes.Split('.', StringSplitOptions.RemoveEmptyEntries).Select(code => char.ConvertFromUtf32(Hex(code))));

    private static int Hex(string digits) => int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
