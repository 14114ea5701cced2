using System.Buffers;
using System.Globalization;
using System.Text;

namespace Library.Formats.Marc;

/// <summary>What can be shown of a record that is refused, so that somebody can mend it.</summary>
internal static class Salvage
{
    private const string UnknownTag = "???";

    // What is larger is no record to be mended by hand.
    private const int MostBytes = 1024 * 1024;

    /// <summary>As MARCXML; null: it is too large.</summary>
    public static string? AsXml(ReadOnlySpan<byte> record, int directoryEnd)
    {
        if (record.Length > MostBytes || directoryEnd < 0) return null;
        var builder = new MarcRecordBuilder().Leader(MarcText.Leader(record[..Math.Min(MarcRecord.LeaderLength, directoryEnd)]));
        var directory = directoryEnd > MarcRecord.LeaderLength ? record[MarcRecord.LeaderLength..directoryEnd] : default;
        var data = record[(directoryEnd + 1)..];
        if (RecordDirectory.Locate(directory, data) is { } entries)
        {
            foreach (var (tag, start, length) in entries) Add(builder, tag, data.Slice(start, length));
        }
        else
        {
            // Which tag is whose cannot be told: better none than a wrong one. The directory's own are shown, in order, for whoever can.
            for (var start = 0; start < data.Length;)
            {
                var length = data[start..].IndexOf(MarcText.FieldTerminator);
                if (length < 0) length = data.Length - start;
                Add(builder, UnknownTag, data.Slice(start, length));
                start += length + 1;
            }

            builder.Data(UnknownTag).Sub('a', $"Tags of the directory: {Tags(directory)}");
        }

        return MarcXml.ToText(builder.Build());
    }

    private static string Tags(ReadOnlySpan<byte> directory)
    {
        var tags = new List<string>();
        for (var place = 0; place + RecordDirectory.EntryLength <= directory.Length; place += RecordDirectory.EntryLength) tags.Add(MarcText.Tag(directory.Slice(place, 3)));
        return string.Join(' ', tags);
    }

    private static void Add(MarcRecordBuilder builder, string tag, ReadOnlySpan<byte> field)
    {
        var place = field.IndexOf(MarcText.SubfieldDelimiter);
        if (MarcField.IsControlTag(tag))
        {
            builder.Control(tag, Text(field));
            return;
        }

        if (place < 0)
        {
            builder.Data(tag).Sub('a', Text(field));
            return;
        }

        builder.Data(tag, place > 0 ? (char)field[0] : ' ', place > 1 ? (char)field[1] : ' ');
        foreach (var part in field[(place + 1)..].Split(MarcText.SubfieldDelimiter))
            if (field[(place + 1)..][part] is { Length: > 1 } subfield) builder.Sub(subfield[0] is > 0x20 and < 0x7F ? (char)subfield[0] : '?', Text(subfield[1..]));
    }

    private static string Text(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        while (bytes.Length > 0)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var length) == OperationStatus.Done) text.Append(rune.ToString());
            else foreach (var wrong in bytes[..length]) text.Append(CultureInfo.InvariantCulture, $"\\x{wrong:X2}");
            bytes = bytes[length..];
        }

        return text.ToString();
    }
}
