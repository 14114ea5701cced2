using System.Globalization;
using System.Text;

namespace Library.Formats.Bench;

/// <summary>A large file out of a few records: each with a number of its own in 001.</summary>
internal static class Corpus
{
    private const byte RecordTerminator = 0x1D;

    public static async Task<int> MakeAsync(string source, int count, string file)
    {
        var records = Split(await File.ReadAllBytesAsync(source));
        await using var output = File.Create(file, 1 << 20);
        for (var i = 0; i < count; i++) await output.WriteAsync(Renumber(records[i % records.Count], i));
        return 0;
    }

    private static List<byte[]> Split(byte[] bytes)
    {
        var records = new List<byte[]>();
        for (var start = 0; start < bytes.Length;)
        {
            var length = bytes.AsSpan(start).IndexOf(RecordTerminator) + 1;
            if (length == 0) break;
            records.Add(bytes.AsSpan(start, length).Trim("\r\n"u8).ToArray());
            start += length;
        }

        return records;
    }

    // In place: as many digits as the number has, so that no length changes.
    private static byte[] Renumber(byte[] record, int number)
    {
        var copy = record.ToArray();
        var data = copy.AsSpan()[(copy.AsSpan().IndexOf((byte)0x1E) + 1)..];
        var end = data.IndexOf((byte)0x1E);
        var digits = Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture).PadLeft(7, '0'));
        if (end >= digits.Length) digits.CopyTo(data[(end - digits.Length)..]);
        return copy;
    }
}
