namespace Library.Formats.Marc;

/// <summary>Makes records, or refusals, of the pieces between record terminators, and counts them.</summary>
internal sealed class RecordParser
{
    private readonly MarcItem[] one = new MarcItem[1];
    private long number;

    public IReadOnlyList<MarcItem> Parse(Piece piece)
    {
        if (piece.IsTooLong)
        {
            if (number == 0 && !piece.IsTerminated) throw NotMarc();
            return One(Refuse(piece.Offset, "The record is larger than is allowed: no record terminator (1D) is found before."));
        }

        var bytes = piece.Bytes.Span;
        var begin = Beginning.Find(bytes);
        if (begin == bytes.Length) return [];
        if (number == 0 && !bytes.Contains(MarcText.FieldTerminator)) throw NotMarc();
        var record = bytes[begin..];
        var offset = piece.Offset + begin;
        // Where the directory covers the data, it is one record, whatever its text looks like.
        var entries = RecordDirectory.Covering(record);
        return entries is null && Beginning.FindSecond(record) is > 0 and var second
            ? ParseTwo(piece, begin, second)
            : One(ParseOne(record, offset, piece.IsTerminated, entries));
    }

    // A record without its terminator, and the one behind it: this one is whole.
    private List<MarcItem> ParseTwo(Piece piece, int begin, int second)
    {
        var items = new List<MarcItem> { ParseOne(piece.Bytes.Span[begin..(begin + second)], piece.Offset + begin, isTerminated: false, null) };
        items.AddRange(Parse(piece with { Bytes = piece.Bytes[(begin + second)..], Offset = piece.Offset + begin + second }));
        return items;
    }

    private MarcItem[] One(MarcItem item)
    {
        one[0] = item;
        return one;
    }

    private MarcItem ParseOne(ReadOnlySpan<byte> record, long offset, bool isTerminated, Entry[]? entries)
    {
        var directoryEnd = record.IndexOf(MarcText.FieldTerminator);
        if (directoryEnd < 0) return Refuse(offset, "It has no field terminator (1E): this is no record of MARC, or only the beginning of one.");
        if (directoryEnd < MarcRecord.LeaderLength) return Refuse(offset, "Its leader is shorter than 24 bytes.", "LDR", record, directoryEnd);
        var directory = record[MarcRecord.LeaderLength..directoryEnd];
        var data = record[(directoryEnd + 1)..];
        if (!isTerminated) return Refuse(offset + record.Length, "Its record terminator (1D) is missing: it may be cut off.", null, record, directoryEnd);
        entries ??= RecordDirectory.Locate(directory, data);
        if (entries is null)
            return Refuse(offset + MarcRecord.LeaderLength, Mismatch(directory, data), null, record, directoryEnd);
        var (read, fault) = RecordDecoder.Decode(record[..MarcRecord.LeaderLength], data, entries);
        return fault is { } wrong
            ? Refuse(offset + directoryEnd + 1 + wrong.Place, wrong.Reason, wrong.Tag, record, directoryEnd)
            : MarcItem.Of(++number, read!);
    }

    private static string Mismatch(ReadOnlySpan<byte> directory, ReadOnlySpan<byte> data) =>
        $"Its directory, of {directory.Length} bytes, does not fit its data: the lengths and starts of its entries match no fields, and there are {data.Count(MarcText.FieldTerminator)} field terminators for {directory.Length / RecordDirectory.EntryLength} entries.";

    private MarcItem Refuse(long position, string reason, string? field = null, ReadOnlySpan<byte> record = default, int directoryEnd = 0) => MarcItem.Of(new RecordRefusal
    {
        Number = ++number,
        Reason = reason,
        Field = field,
        Position = position,
        Record = record.IsEmpty ? null : Salvage.AsXml(record, directoryEnd),
    });

    private static UnreadableFileException NotMarc() =>
        new("This is no file of MARC 21 (ISO 2709): it has no field terminator (1E) where its first record should be. MARCXML has a content type of its own, application/marcxml+xml.");
}
