using System.Globalization;
using System.Text;
using Library.Formats.Marc;

namespace Library.Formats.Tests;

/// <summary>A small writer of ISO 2709, right and wrong.</summary>
public sealed record WrittenRecord(char Coding, IReadOnlyList<WrittenField> Fields)
{
    public const string SubfieldDelimiter = "\x1F";

    /// <summary>How the directory counts.</summary>
    public Func<byte[], int> Count { get; init; } = bytes => bytes.Length;

    /// <summary>What is done to the directory's entries before they are written.</summary>
    public Func<List<(string Tag, int Length, int Start)>, List<(string Tag, int Length, int Start)>> Entries { get; init; } = entries => entries;

    public string? LeaderLength { get; init; }

    public string Terminator { get; init; } = "\x1D";

    public string Status { get; init; } = "nam";

    public byte[] ToBytes()
    {
        using var data = new MemoryStream();
        var entries = new List<(string Tag, int Length, int Start)>();
        var counted = 0;
        foreach (var field in Fields)
        {
            byte[] bytes = [.. field.Bytes, MarcText.FieldTerminator];
            entries.Add((field.Tag, Count(bytes), counted));
            counted += Count(bytes);
            data.Write(bytes);
        }

        var directory = string.Concat(Entries(entries).Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Tag}{entry.Length:0000}{entry.Start:00000}")));
        var baseAddress = 24 + directory.Length + 1;
        var length = LeaderLength ?? Math.Min(99999, baseAddress + data.Length + 1).ToString("00000", CultureInfo.InvariantCulture);
        var head = string.Create(CultureInfo.InvariantCulture, $"{length}{Status} {Coding}22{baseAddress:00000}   4500{directory}");
        return [.. Encoding.Latin1.GetBytes(head), MarcText.FieldTerminator, .. data.ToArray(), .. Encoding.Latin1.GetBytes(Terminator)];
    }

    /// <summary>In UTF-8; <c>$</c> in a field's text is a delimiter.</summary>
    public static WrittenRecord Utf8(params IReadOnlyList<(string Tag, string Text)> fields) =>
        new('a', [.. fields.Select(field => new WrittenField(field.Tag, Encoding.UTF8.GetBytes(field.Text.Replace("$", SubfieldDelimiter, StringComparison.Ordinal))))]);

    /// <summary>In MARC-8, byte by character; <c>$</c> in a field's text is a delimiter.</summary>
    public static WrittenRecord Marc8(params IReadOnlyList<(string Tag, string Text)> fields) =>
        new(' ', [.. fields.Select(field => new WrittenField(field.Tag, Encoding.Latin1.GetBytes(field.Text.Replace("$", SubfieldDelimiter, StringComparison.Ordinal))))]);
}

/// <param name="Bytes">Without its terminator.</param>
public sealed record WrittenField(string Tag, byte[] Bytes);
