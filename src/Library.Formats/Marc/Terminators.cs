using System.Text;

namespace Library.Formats.Marc;

/// <summary>The tags of a directory beside the fields between terminators, where there are as many of the one as of the other.</summary>
internal static class Terminators
{
    /// <summary>The fields in the order of the directory; null: their number differs, or the directory's order contradicts itself.</summary>
    public static Entry[]? Locate(ReadOnlySpan<byte> directory, ReadOnlySpan<byte> data)
    {
        var fields = Fields(data);
        if (fields is null || EntryWidths(directory, data, fields) is not { } widths || Order(directory, fields, widths) is not { } order) return null;
        var entries = new Entry[fields.Count];
        var place = 0;
        for (var i = 0; i < entries.Length; i++)
        {
            var (start, length) = fields[order[i]];
            entries[i] = new Entry(MarcText.Tag(directory.Slice(place, 3)), start, length);
            place += widths[i];
        }

        return entries;
    }

    private static List<(int Start, int Length)>? Fields(ReadOnlySpan<byte> data)
    {
        var fields = new List<(int Start, int Length)>();
        for (var start = 0; start < data.Length;)
        {
            var length = data[start..].IndexOf(MarcText.FieldTerminator);
            if (length < 0) return null;
            fields.Add((start, length));
            start += length + 1;
        }

        return fields;
    }

    // How many bytes each entry takes: a length over 9,999 or a start over 99,999 written out makes it longer than it may be, however they were counted.
    private static int[]? EntryWidths(ReadOnlySpan<byte> directory, ReadOnlySpan<byte> data, List<(int Start, int Length)> fields)
    {
        if (directory.Length == fields.Count * RecordDirectory.EntryLength) return [.. Enumerable.Repeat(RecordDirectory.EntryLength, fields.Count)];
        if (directory.Length < fields.Count * RecordDirectory.EntryLength) return null;
        foreach (var inCharacters in (ReadOnlySpan<bool>)[false, true])
        {
            foreach (var terminator in (ReadOnlySpan<int>)[1, 0])
                if (EntryWidths(directory, data, fields, inCharacters, terminator) is { } widths) return widths;
        }

        return null;
    }

    private static int[]? EntryWidths(ReadOnlySpan<byte> directory, ReadOnlySpan<byte> data, List<(int Start, int Length)> fields, bool inCharacters, int terminator)
    {
        var widths = new int[fields.Count];
        var (place, start) = (0, 0);
        for (var i = 0; i < widths.Length; i++)
        {
            var field = data.Slice(fields[i].Start, fields[i].Length);
            var length = (inCharacters ? Encoding.UTF8.GetCharCount(field) : field.Length) + terminator;
            widths[i] = 3 + Math.Max(4, Digits(length)) + Math.Max(5, Digits(start));
            if (place + widths[i] > directory.Length || RecordDirectory.Number(directory.Slice(place + 3, widths[i] - 3)) < 0) return null;
            place += widths[i];
            start += length;
        }

        return place == directory.Length ? widths : null;
    }

    // Which field each entry has: by their starts if (but for one) all are right, else in order, if no start that is right says otherwise.
    private static int[]? Order(ReadOnlySpan<byte> directory, List<(int Start, int Length)> fields, int[] widths)
    {
        int[] inOrder = [.. Enumerable.Range(0, fields.Count)];
        if (widths.Any(width => width != RecordDirectory.EntryLength)) return inOrder;
        var fieldsByStart = inOrder.ToDictionary(field => fields[field].Start);
        var order = new int[fields.Count];
        var free = new HashSet<int>(inOrder);
        var (isRising, before) = (true, -1);
        for (var i = 0; i < order.Length; i++)
        {
            var start = RecordDirectory.Number(directory.Slice((i * RecordDirectory.EntryLength) + 7, 5));
            isRising &= start >= before;
            before = start;
            order[i] = start >= 0 && fieldsByStart.TryGetValue(start, out var field) && free.Remove(field) ? field : -1;
        }

        if (isRising && free.Count > 0) return inOrder;
        if (free.Count == 1) order[order.AsSpan().IndexOf(-1)] = free.Single();
        if (free.Count <= 1) return order;
        for (var i = 0; i < order.Length; i++)
            if (order[i] >= 0 && order[i] != i) return null;
        return inOrder;
    }

    private static int Digits(int number) => number < 10 ? 1 : 1 + Digits(number / 10);
}
