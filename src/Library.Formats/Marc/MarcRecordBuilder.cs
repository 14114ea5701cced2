using System.Buffers;
using System.Text;

namespace Library.Formats.Marc;

/// <summary>Puts a record together out of text, field by field; a field or subfield without text is left out.</summary>
internal sealed class MarcRecordBuilder
{
    private const string NoLeader = "     nam a22     uu 4500";

    private readonly ArrayBufferWriter<byte> content = new(1024);
    private readonly List<(string Tag, int Start, int End)> fields = [];
    private string leader = NoLeader;
    private int dropped;

    /// <summary>Bytes that the text so far takes.</summary>
    public int Size => content.WrittenCount;

    public bool HasFields => fields.Count > 0;

    /// <summary>Filled up with blanks or cut to 24 characters.</summary>
    public MarcRecordBuilder Leader(string text)
    {
        var characters = text.PadRight(MarcRecord.LeaderLength)[..MarcRecord.LeaderLength].ToCharArray();
        foreach (ref var character in characters.AsSpan())
            if (character is < ' ' or > '~') character = ' ';
        leader = new string(characters);
        return this;
    }

    public MarcRecordBuilder Control(string tag, string value)
    {
        Begin(tag);
        Write(value);
        return this;
    }

    /// <summary>Begins a data field.</summary>
    public MarcRecordBuilder Data(string tag, char indicator1 = ' ', char indicator2 = ' ')
    {
        Begin(tag);
        content.Write([Indicator(indicator1), Indicator(indicator2)]);
        Close();
        return this;
    }

    /// <summary>Adds to the data field that was begun last.</summary>
    public MarcRecordBuilder Sub(char code, string? value)
    {
        if (string.IsNullOrEmpty(value)) return this;
        content.Write([MarcText.SubfieldDelimiter]);
        Encode([code]);
        Write(value);
        return this;
    }

    public void Dropped(int characters) => dropped += characters;

    /// <summary>The record; the builder is ready for the next one.</summary>
    public MarcRecord Build()
    {
        var bytes = content.WrittenSpan.ToArray();
        var built = new List<MarcField>(fields.Count);
        foreach (var (tag, start, end) in fields)
            if (new MarcField(tag, bytes, start, end - start) is var field && field.HasContent()) built.Add(field);
        var record = new MarcRecord(leader, [.. built], dropped);
        content.Clear();
        fields.Clear();
        (leader, dropped) = (NoLeader, 0);
        return record;
    }

    private static byte Indicator(char indicator) => indicator is >= ' ' and <= '~' ? (byte)indicator : (byte)' ';

    private void Begin(string tag) => fields.Add((tag.Length == 3 ? tag : "???", content.WrittenCount, content.WrittenCount));

    private void Write(string text)
    {
        Encode(MarcText.Clean(text));
        Close();
    }

    private void Close() => fields[^1] = fields[^1] with { End = content.WrittenCount };

    // Half a surrogate pair has no UTF-8; no reader of ours makes one.
    private void Encode(ReadOnlySpan<char> text) => Encoding.UTF8.GetBytes(text, content);
}
