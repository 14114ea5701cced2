using System.Text;

namespace Library.Formats.Marc;

/// <summary>Where a record begins between two record terminators.</summary>
internal static class Beginning
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The first byte of the leader, behind line breaks and whatever else lies between records; the length where there is nothing but that.</summary>
    public static int Find(ReadOnlySpan<byte> piece)
    {
        var first = piece.StartsWith(ByteOrderMark) ? 3 : 0;
        while (first < piece.Length && IsBlank(piece[first])) first++;
        if (first == piece.Length || IsDigit(piece[first])) return first;
        var directoryEnd = piece.IndexOf(MarcText.FieldTerminator);
        if (directoryEnd < first) return first;
        // A leader whose length is blank, as some exports leave it.
        if (first >= 5 && piece[(first - 5)..first].IndexOfAnyExcept((byte)' ') < 0 && FitsDirectory(directoryEnd - first + 5)) return first - 5;
        if (FitsDirectory(directoryEnd - first)) return first;
        var digit = piece[first..directoryEnd].IndexOfAnyInRange((byte)'0', (byte)'9');
        return digit >= 0 && directoryEnd - first - digit >= MarcRecord.LeaderLength ? first + digit : first;
    }

    /// <summary>Where in a record another one begins, for the terminator between them is missing; -1: nowhere.</summary>
    public static int FindSecond(ReadOnlySpan<byte> record)
    {
        // Such a leader in the middle of the data is rare: looked for by its fixed part, and proven by what surrounds it.
        for (var from = MarcRecord.LeaderLength; from + MarcRecord.LeaderLength < record.Length;)
        {
            var found = record[from..].IndexOf("22"u8);
            if (found < 0) return -1;
            from += found + 1;
            var leader = from - 1 - 10;
            if (leader > MarcRecord.LeaderLength && IsLeader(record[leader..]) && EndsField(record[..leader])) return leader;
        }

        return -1;
    }

    private static bool FitsDirectory(int length) => length >= MarcRecord.LeaderLength && (length - MarcRecord.LeaderLength) % RecordDirectory.EntryLength == 0;

    private static bool IsLeader(ReadOnlySpan<byte> bytes) =>
        bytes.Length > MarcRecord.LeaderLength && AreDigits(bytes[..5]) && AreDigits(bytes[10..17]) && bytes[20..22].SequenceEqual("45"u8) && Ascii.IsValid(bytes[..MarcRecord.LeaderLength])
        && bytes.IndexOf(MarcText.FieldTerminator) is > MarcRecord.LeaderLength and var end && FitsDirectory(end) && AreDigits(bytes[(MarcRecord.LeaderLength + 3)..(MarcRecord.LeaderLength + RecordDirectory.EntryLength)]);

    // Behind a field terminator, with line breaks between at most.
    private static bool EndsField(ReadOnlySpan<byte> bytes)
    {
        var trimmed = bytes.TrimEnd("\r\n "u8);
        return trimmed.Length > 0 && trimmed[^1] == MarcText.FieldTerminator;
    }

    private static bool AreDigits(ReadOnlySpan<byte> bytes) => !bytes.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private static bool IsBlank(byte value) => value is 0 or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0x1A or (byte)' ';

    private static bool IsDigit(byte value) => value is >= (byte)'0' and <= (byte)'9';
}
