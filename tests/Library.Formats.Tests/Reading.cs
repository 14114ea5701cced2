using System.Text;
using Library.Formats.Marc;

namespace Library.Formats.Tests;

/// <summary>Reads what a test has in its hand.</summary>
internal static class Reading
{
    public static async Task<List<MarcItem>> Marc(byte[] bytes, ReaderOptions? options = null, int pieces = int.MaxValue)
    {
        using var stream = new DrippingStream(bytes, pieces);
        return await MarcReader.ReadAsync(stream, options).ToListAsync();
    }

    public static async Task<List<MarcItem>> Xml(string xml, ReaderOptions? options = null)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(xml));
        return await MarcXmlReader.ReadAsync(stream, options).ToListAsync();
    }

    public static async Task<MarcRecord> Only(WrittenRecord record) => (await Marc(record.ToBytes())).ShouldHaveSingleItem().Read();

    public static MarcRecord Read(this MarcItem item) => item.Record ?? throw new InvalidOperationException($"Refused: {item.Refusal}");

    /// <summary>Fields line by line: tag, indicators with # for blanks, subfields.</summary>
    public static string[] Lines(this MarcRecord record) => [.. record.Fields.Select(Line)];

    public static string Line(this MarcField field) => field.IsControl
        ? $"{field.Tag} {field.Value}"
        : $"{field.Tag} {Shown(field.Indicator1)}{Shown(field.Indicator2)} {string.Concat(field.Subfields.Select(subfield => $"${subfield.Code}{subfield.Value}"))}";

    private static char Shown(char indicator) => indicator == ' ' ? '#' : indicator;
}

/// <summary>Gives its bytes in small pieces, as networks do.</summary>
internal sealed class DrippingStream(byte[] bytes, int pieces) : MemoryStream(bytes, writable: false)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..Math.Min(buffer.Length, pieces)], cancellationToken);
}
