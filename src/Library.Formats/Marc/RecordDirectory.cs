using System.Text;
using System.Text.Unicode;

namespace Library.Formats.Marc;

/// <summary>Where the fields of a record lie, by what can be trusted of its directory.</summary>
internal static class RecordDirectory
{
    /// <summary>Bytes of an entry in MARC 21: tag 3, length 4, start 5.</summary>
    public const int EntryLength = 12;

    /// <summary>The fields in the order of the directory, without their terminators; null: it cannot be told which field is whose.</summary>
    public static Entry[]? Locate(ReadOnlySpan<byte> directory, ReadOnlySpan<byte> data) =>
        ByCounts(directory, data) ?? Terminators.Locate(directory, data);

    /// <summary>The fields of a record whose directory, counted in bytes, covers its data; null: it does not.</summary>
    public static Entry[]? Covering(ReadOnlySpan<byte> record)
    {
        var end = record.IndexOf(MarcText.FieldTerminator);
        if (end < MarcRecord.LeaderLength || (end - MarcRecord.LeaderLength) % EntryLength != 0) return null;
        return Parse(record[MarcRecord.LeaderLength..end]) is { } entries && Tiles(entries, record[(end + 1)..]) ? WithoutTerminators(entries) : null;
    }

    // Lengths and starts are right if they cover the data from end to end, each up to a terminator: in bytes, or in characters as some systems count them.
    private static Entry[]? ByCounts(ReadOnlySpan<byte> directory, ReadOnlySpan<byte> data)
    {
        if (directory.Length % EntryLength != 0 || Parse(directory) is not { } entries) return null;
        if (Tiles(entries, data)) return WithoutTerminators(entries);
        if (Ascii.IsValid(data) || !Utf8.IsValid(data)) return null;
        return InCharacters(entries, data, CharacterStarts(data, surrogatesAreTwo: false)) ?? InCharacters(entries, data, CharacterStarts(data, surrogatesAreTwo: true));
    }

    private static Entry[]? InCharacters(Entry[] entries, ReadOnlySpan<byte> data, List<int> starts)
    {
        var inBytes = new Entry[entries.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            var (tag, start, length) = entries[i];
            if (start + length >= starts.Count) return null;
            inBytes[i] = new Entry(tag, starts[start], starts[start + length] - starts[start]);
        }

        return Tiles(inBytes, data) ? WithoutTerminators(inBytes) : null;
    }

    // The byte at which each character begins, and the end of the data.
    private static List<int> CharacterStarts(ReadOnlySpan<byte> data, bool surrogatesAreTwo)
    {
        var starts = new List<int>(data.Length + 1);
        for (var i = 0; i < data.Length; i++)
        {
            if ((data[i] & 0xC0) == 0x80) continue;
            starts.Add(i);
            if (surrogatesAreTwo && data[i] >= 0xF0) starts.Add(i);
        }

        starts.Add(data.Length);
        return starts;
    }

    private static bool Tiles(Entry[] entries, ReadOnlySpan<byte> data)
    {
        var expected = 0;
        var inOrder = true;
        foreach (var (_, start, length) in entries)
        {
            if (length < 1 || start + length > data.Length || data[start + length - 1] != MarcText.FieldTerminator) return false;
            inOrder &= start == expected;
            expected = start + length;
        }

        if (inOrder) return expected == data.Length;
        expected = 0;
        foreach (var (_, start, length) in entries.OrderBy(entry => entry.Start))
        {
            if (start != expected) return false;
            expected += length;
        }

        return expected == data.Length;
    }

    private static Entry[] WithoutTerminators(Entry[] entries)
    {
        foreach (ref var entry in entries.AsSpan()) entry = entry with { Length = entry.Length - 1 };
        return entries;
    }

    private static Entry[]? Parse(ReadOnlySpan<byte> directory)
    {
        var entries = new Entry[directory.Length / EntryLength];
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = directory.Slice(i * EntryLength, EntryLength);
            if (Number(entry[3..7]) is not (>= 0 and var length) || Number(entry[7..]) is not (>= 0 and var start)) return null;
            entries[i] = new Entry(MarcText.Tag(entry), start, length);
        }

        return entries;
    }

    /// <summary>-1: it is no number. Of more than nine digits nobody asks for the value.</summary>
    public static int Number(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9') return -1;
            number = unchecked((number * 10) + digit - '0') & int.MaxValue;
        }

        return number;
    }
}

/// <summary>A field of a record's data.</summary>
internal readonly record struct Entry(string Tag, int Start, int Length);
