using System.Globalization;
using System.Text;
using Library.Formats.Marc;

namespace Library.Formats.Bench;

/// <summary>Small files, each of three records of five fields with the damage of its name on the middle one, or with something between them; and what ours reads of each.</summary>
internal static class Damage
{
    private static readonly (string Tag, string Text)[] Fields = [("001", "12345"), ("100", "1 \x1F" + "aZola, Émile,"), ("245", "10\x1F" + "aPéché /\x1F" + "cÉmile Zola."), ("500", "  \x1F" + "aNoté."), ("650", " 0\x1F" + "aFiction.")];

    public static async Task<int> WriteAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        var right = Write(Fields);
        var files = new (string Name, byte[] Bytes)[]
        {
            ("none", [.. right, .. right, .. right]),
            ("line breaks between records", [.. right, (byte)'\r', (byte)'\n', .. right, (byte)'\n', .. right]),
            ("leader with a wrong length", [.. right, .. "00042"u8, .. right[5..], .. right]),
            ("directory with wrong lengths", Between(right, Write(Fields, change: (length, start) => (length % 7, start)))),
            ("directory in characters", Between(right, Write(Fields, count: text => text.Length))),
            ("directory out of order", Between(right, Write(Fields, reverse: true))),
            ("field over 9,999 bytes", Between(right, Write(WithLong(12_000)))),
            ("record over 99,999 bytes", Between(right, Write(WithLong(120_000)))),
            ("missing record terminator", [.. right, .. right[..^1], .. right]),
            ("UTF-8 that says MARC-8", Between(right, Write(Fields, coding: ' '))),
            ("Latin-1 that says UTF-8", Between(right, Write(Fields, encoding: Encoding.Latin1))),
            ("file cut off", [.. right, .. right, .. right[..^20]]),
        };
        foreach (var (name, bytes) in files)
        {
            var file = Path.Combine(folder, name.Replace(' ', '_') + ".mrc");
            await File.WriteAllBytesAsync(file, bytes);
            using var stream = File.OpenRead(file);
            var (records, fields, refused) = (0, 0, 0);
            await foreach (var item in MarcReader.ReadAsync(stream))
            {
                if (item.Record is null) refused++;
                else records++;
                fields += item.Record?.Fields.Count(IsRight) ?? 0;
            }

            Console.WriteLine($"{name}|{records}|{fields}|{refused}");
        }

        return 0;
    }

    // The same for every reader: a tag with the very text that was written under it.
    private static bool IsRight(MarcField field) => field.Tag switch
    {
        "001" => field.Value == "12345",
        "100" => field.First('a') == "Zola, Émile,",
        "245" => field.First('a') == "Péché /" && field.First('c') == "Émile Zola.",
        "500" => field.First('a') is "Noté.",
        "520" => field.First('a')?.Length is 12_000 or 120_000,
        "650" => field.First('a') == "Fiction.",
        _ => false,
    };

    private static byte[] Between(byte[] right, byte[] damaged) => [.. right, .. damaged, .. right];

    private static (string Tag, string Text)[] WithLong(int length) => [.. Fields[..3], ("520", $"  \x1F" + "a" + new string('x', length)), .. Fields[3..]];

    private static byte[] Write(
        (string Tag, string Text)[] fields, char coding = 'a', Encoding? encoding = null, Func<string, int>? count = null, Func<int, int, (int Length, int Start)>? change = null, bool reverse = false)
    {
        encoding ??= Encoding.UTF8;
        using var data = new MemoryStream();
        var entries = new List<string>();
        var start = 0;
        foreach (var (tag, text) in fields)
        {
            var bytes = encoding.GetBytes(text + '\x1E');
            var length = count?.Invoke(text + '\x1E') ?? bytes.Length;
            var (written, from) = change?.Invoke(length, start) ?? (length, start);
            // More digits than there is room for, as MARC::Record writes them.
            entries.Add(string.Create(CultureInfo.InvariantCulture, $"{tag}{written:0000}{from:00000}"));
            data.Write(bytes);
            start += length;
        }

        if (reverse) entries.Reverse();
        var directory = string.Concat(entries);
        var baseAddress = 24 + directory.Length + 1;
        var total = Math.Min(99_999, baseAddress + (int)data.Length + 1);
        var head = string.Create(CultureInfo.InvariantCulture, $"{total:00000}nam {coding}22{baseAddress:00000}   4500{directory}\x1E");
        return [.. Encoding.ASCII.GetBytes(head), .. data.ToArray(), 0x1D];
    }
}
