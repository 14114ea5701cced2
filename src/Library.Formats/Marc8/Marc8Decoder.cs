using System.Globalization;
using System.Text;
using Library.Formats.Text;

namespace Library.Formats.Marc8;

/// <summary>Text out of MARC-8, a subfield at a time: each begins in the default sets, basic Latin in G0 and ANSEL in G1.</summary>
internal ref struct Marc8Decoder
{
    private const byte Escape = 0x1B;
    private const int LongestReference = 6;

    private readonly ReadOnlySpan<byte> bytes;
    private readonly StringBuilder text;
    private readonly StringBuilder marks = new();
    private Marc8Set g0 = Marc8Set.Ascii;
    private Marc8Set g1 = Marc8Set.Ansel;
    private int place;
    private int firstMark;

    private Marc8Decoder(ReadOnlySpan<byte> bytes)
    {
        this.bytes = bytes;
        text = new StringBuilder(bytes.Length);
        Faults = new Marc8Faults(0, -1);
    }

    private Marc8Faults Faults { get; set; }

    /// <summary>The text, composed (NFC). A code that stands for nothing costs itself and no more.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, out Marc8Faults faults)
    {
        var decoder = new Marc8Decoder(bytes);
        while (decoder.place < bytes.Length) decoder.Step();
        if (decoder.marks.Length > 0) decoder.Fault(decoder.firstMark);
        faults = decoder.Faults;
        return Nfc.Compose(decoder.text.ToString());
    }

    private void Step()
    {
        var current = bytes[place];
        switch (current)
        {
            case Escape:
                Designate();
                break;
            case (byte)'&' when g0 == Marc8Set.Ascii && TryReadReference(out var character, out var length):
                Letter(character);
                place += length;
                break;
            case <= 0x20:
                Letter(current);
                place++;
                break;
            case 0x88 or 0x89 or 0x8D or 0x8E:
                text.Append(current switch { 0x88 => '\u0098', 0x89 => '\u009C', 0x8D => '\u200D', _ => '\u200C' });
                place++;
                break;
            case 0x7F or (>= 0x80 and <= 0xA0) or 0xFF:
                Fault(place++);
                break;
            default:
                Graphic(current < 0x80 ? g0 : g1, current & 0x80);
                break;
        }
    }

    private void Graphic(Marc8Set set, int highBit)
    {
        var start = place;
        var code = 0;
        for (var i = 0; i < set.Width; i++)
        {
            if (place == bytes.Length || (bytes[place] & 0x80) != highBit || (bytes[place] & 0x7F) is < 0x21 or 0x7F)
            {
                Fault(start);
                return;
            }

            code = (code << 8) | (bytes[place++] & 0x7F);
        }

        // The right half of a ligature or a double tilde: the left half stands for both.
        if (set == Marc8Set.Ansel && (code is 0x6C or 0x7B)) return;
        if (set.Character(code) is not (not 0 and var character)) Fault(start);
        else if (set.IsMark(code)) Mark(character, start);
        else Letter(character);
    }

    private void Mark(int character, int start)
    {
        if (marks.Length == 0) firstMark = start;
        marks.Append((char)character);
    }

    private void Letter(int character)
    {
        if (character > char.MaxValue) text.Append(char.ConvertFromUtf32(character));
        else text.Append((char)character);
        text.Append(marks);
        marks.Clear();
    }

    // "&#x1EC5;": how MARC-8 holds losslessly what it has no code for.
    private readonly bool TryReadReference(out int character, out int length)
    {
        (character, length) = (0, 0);
        var rest = bytes[place..];
        if (!rest.StartsWith("&#x"u8) || rest[..Math.Min(rest.Length, 4 + LongestReference)].IndexOf((byte)';') is not (> 3 and var end)) return false;
        length = end + 1;
        return int.TryParse(rest[3..end], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out character) && character >= 0x20 && Rune.IsValid(character);
    }

    private void Designate()
    {
        var start = place++;
        var isMultibyte = Take((byte)'$');
        var isG1 = Take((byte)')') || Take((byte)'-');
        var isDirect = !isG1 && !Take((byte)'(') && !Take((byte)',');
        _ = Take((byte)'!');
        var final = place < bytes.Length && bytes[place] is > 0x20 and < 0x7F ? (char)bytes[place++] : '\0';
        // Without a letter that says where it goes stand only multibyte sets and the three of one letter, with s as their end.
        var set = isDirect && !isMultibyte && final is not ('g' or 'b' or 'p' or 's') ? null : Marc8Set.Find(final);
        if (set is null || (set.Width > 1) != isMultibyte) Fault(start);
        else if (isG1) g1 = set;
        else g0 = set;
    }

    private bool Take(byte expected)
    {
        if (place == bytes.Length || bytes[place] != expected) return false;
        place++;
        return true;
    }

    private void Fault(int at)
    {
        Faults = new Marc8Faults(Faults.Dropped + 1, Faults.First < 0 ? at : Faults.First);
        if (place == at) place++;
    }
}

/// <summary>Codes that stand for nothing: how many were dropped, and the byte at which the first stands (-1: none).</summary>
internal readonly record struct Marc8Faults(int Dropped, int First);
