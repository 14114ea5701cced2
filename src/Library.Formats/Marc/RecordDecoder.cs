using System.Text;
using System.Text.Unicode;
using Library.Formats.Marc8;

namespace Library.Formats.Marc;

/// <summary>The text of a record, by leader/09 and by what is really there.</summary>
internal static class RecordDecoder
{
    private const byte Escape = 0x1B;

    /// <summary>The record, or what is wrong with its text.</summary>
    public static (MarcRecord? Record, TextFault? Fault) Decode(ReadOnlySpan<byte> leader, ReadOnlySpan<byte> data, Entry[] entries)
    {
        var isFlagged = leader[9] == 'a';
        if (isFlagged && !Utf8.IsValid(data)) return (null, FindInvalid(data, entries));
        // A record that is UTF-8 as a whole is UTF-8, though its leader says MARC-8: no text of MARC-8 beyond ASCII looks like that for long.
        return isFlagged || !IsMarc8(data) ? (AsItStands(leader, data, entries), null) : FromMarc8(leader, data, entries);
    }

    private static bool IsMarc8(ReadOnlySpan<byte> data) =>
        Ascii.IsValid(data) ? data.Contains(Escape) || data.IndexOf("&#x"u8) >= 0 : !Utf8.IsValid(data);

    private static MarcRecord AsItStands(ReadOnlySpan<byte> leader, ReadOnlySpan<byte> data, Entry[] entries)
    {
        var content = data.ToArray();
        var fields = new MarcField[entries.Length];
        var count = 0;
        foreach (var (tag, start, length) in entries)
        {
            var field = new MarcField(tag, content, start, length);
            if (field.HasContent()) fields[count++] = field;
        }

        return new MarcRecord(MarcText.Leader(leader), count == fields.Length ? fields : fields[..count]);
    }

    private static TextFault FindInvalid(ReadOnlySpan<byte> data, Entry[] entries)
    {
        foreach (var (tag, start, length) in entries)
        {
            var field = data.Slice(start, length);
            if (IndexOfInvalid(field) is >= 0 and var place)
                return new TextFault(tag, start + place, $"Leader/09 says UTF-8 (a), but the byte {field[place]:X2} in field {tag} is none. Nothing is guessed: mend the text, or the leader if it is MARC-8 (blank).");
        }

        // It is cut between two fields: each is whole, but not both together.
        return new TextFault(null, 0, "Leader/09 says UTF-8 (a), but its text is none.");
    }

    private static int IndexOfInvalid(ReadOnlySpan<byte> bytes)
    {
        for (var place = 0; place < bytes.Length;)
        {
            if (Rune.DecodeFromUtf8(bytes[place..], out _, out var length) != System.Buffers.OperationStatus.Done) return place;
            place += length;
        }

        return -1;
    }

    private static (MarcRecord? Record, TextFault? Fault) FromMarc8(ReadOnlySpan<byte> leader, ReadOnlySpan<byte> data, Entry[] entries)
    {
        var builder = new MarcRecordBuilder().Leader(MarcText.Leader(leader));
        foreach (var (tag, start, length) in entries)
        {
            if (AddField(builder, tag, data.Slice(start, length)) is not { } faults) continue;
            builder.Dropped(faults.Dropped);
            if (MustBeWhole(tag))
                return (null, new TextFault(tag, start + faults.First, $"Byte {data[start + faults.First]:X2} in field {tag} stands for no character of MARC-8 (leader/09 is no a). A title or heading is not taken in parts."));
        }

        return (builder.Build(), null);
    }

    private static bool MustBeWhole(string tag) => tag is "245" or "100" or "110" or "111" or "700" or "710" or "711";

    private static Marc8Faults? AddField(MarcRecordBuilder builder, string tag, ReadOnlySpan<byte> field)
    {
        var (dropped, first) = (0, -1);
        if (MarcField.IsControlTag(tag))
        {
            builder.Control(tag, Text(field, 0));
            return dropped > 0 ? new Marc8Faults(dropped, first) : null;
        }

        var place = field.IndexOf(MarcText.SubfieldDelimiter);
        if (place < 0) place = field.Length;
        builder.Data(tag, place > 0 ? (char)field[0] : ' ', place > 1 ? (char)field[1] : ' ');
        while (place < field.Length)
        {
            var next = field[(place + 1)..].IndexOf(MarcText.SubfieldDelimiter);
            var end = next < 0 ? field.Length : place + 1 + next;
            if (end - place > 2) builder.Sub(field[place + 1] < 0x80 ? (char)field[place + 1] : '?', Text(field[(place + 2)..end], place + 2));
            place = end;
        }

        return dropped > 0 ? new Marc8Faults(dropped, first) : null;

        string Text(ReadOnlySpan<byte> bytes, int at)
        {
            if (Ascii.IsValid(bytes) && !bytes.Contains(Escape) && bytes.IndexOf("&#x"u8) < 0) return Encoding.ASCII.GetString(bytes);
            var text = Marc8Decoder.Decode(bytes, out var faults);
            dropped += faults.Dropped;
            if (first < 0 && faults.First >= 0) first = at + faults.First;
            return text;
        }
    }
}

/// <summary>What is no text; the place is the byte at fault, from the beginning of the record's data.</summary>
internal readonly record struct TextFault(string? Tag, int Place, string Reason);
