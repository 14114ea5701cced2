using System.Buffers;
using System.Text;

namespace Library.Formats.Marc;

/// <summary>The bytes between the parts of a record, and the text in it.</summary>
internal static class MarcText
{
    public const byte RecordTerminator = 0x1D;
    public const byte FieldTerminator = 0x1E;
    public const byte SubfieldDelimiter = 0x1F;

    // What no text holds: control characters but for tab and line breaks, and the two code points that XML has no way to write.
    private static readonly SearchValues<char> NoText = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(code => (char)code).Where(character => character is not ('\t' or '\n' or '\r')), '\uFFFE', '\uFFFF']);

    private static readonly string[] NumericTags = [.. Enumerable.Range(0, 1000).Select(number => number.ToString("000", System.Globalization.CultureInfo.InvariantCulture))];

    public static string Decode(ReadOnlySpan<byte> utf8) => Clean(Encoding.UTF8.GetString(utf8));

    public static string Clean(string text)
    {
        if (text.AsSpan().IndexOfAny(NoText) < 0) return text;
        var builder = new StringBuilder(text.Length);
        foreach (var character in text)
            if (!NoText.Contains(character)) builder.Append(character);
        return builder.ToString();
    }

    /// <summary>Whether <see cref="Clean"/> leaves anything of it.</summary>
    public static bool HasText(ReadOnlySpan<byte> utf8)
    {
        foreach (var current in utf8)
            if (current is >= 0x20 or (byte)'\t' or (byte)'\n' or (byte)'\r') return current < 0xEF || Decode(utf8).Length > 0;
        return false;
    }

    /// <summary>The code of a subfield and its length in bytes: files of other scripts hold letters beyond ASCII.</summary>
    public static (char Code, int Length) ReadCode(ReadOnlySpan<byte> utf8)
    {
        if (utf8[0] < 0x80) return ((char)utf8[0], 1);
        return Rune.DecodeFromUtf8(utf8, out var rune, out var length) == OperationStatus.Done && rune.IsBmp ? ((char)rune.Value, length) : ('?', Math.Max(1, length));
    }

    /// <summary>The tag of a directory's entry; what is no graphic character of ASCII is a question mark.</summary>
    public static string Tag(ReadOnlySpan<byte> tag)
    {
        if (char.IsAsciiDigit((char)tag[0]) && char.IsAsciiDigit((char)tag[1]) && char.IsAsciiDigit((char)tag[2]))
            return NumericTags[((tag[0] - '0') * 100) + ((tag[1] - '0') * 10) + tag[2] - '0'];
        Span<char> characters = stackalloc char[3];
        for (var i = 0; i < 3; i++) characters[i] = tag[i] is > 0x20 and < 0x7F ? (char)tag[i] : '?';
        return new string(characters);
    }

    /// <summary>24 characters; what is no graphic character of ASCII is a blank.</summary>
    public static string Leader(ReadOnlySpan<byte> leader)
    {
        Span<char> characters = stackalloc char[MarcRecord.LeaderLength];
        for (var i = 0; i < characters.Length; i++) characters[i] = i < leader.Length && leader[i] is > 0x20 and < 0x7F ? (char)leader[i] : ' ';
        return new string(characters);
    }
}
