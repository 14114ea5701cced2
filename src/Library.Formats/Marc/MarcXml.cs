using System.Buffers;
using System.Text;

namespace Library.Formats.Marc;

/// <summary>
/// Writes MARCXML (the slim schema of the Library of Congress), <c>application/marcxml+xml</c>, UTF-8: <see cref="Begin"/>, the records one by one, <see cref="End"/>.
/// What <see cref="MarcXmlReader"/> reads of it is what was written, to the last blank.
/// </summary>
public static class MarcXml
{
    /// <summary>The namespace of its elements.</summary>
    public const string Namespace = "http://www.loc.gov/MARC21/slim";

    // A line break or tab in an attribute would be read as a blank, a carriage return in text as a line feed.
    private static readonly SearchValues<byte> Markup = SearchValues.Create("&<>\"\r"u8);

    /// <summary>What stands before the first record of a file.</summary>
    public static ReadOnlySpan<byte> Begin => "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<collection xmlns=\"http://www.loc.gov/MARC21/slim\">\n"u8;

    /// <summary>What stands behind the last record of a file.</summary>
    public static ReadOnlySpan<byte> End => "</collection>\n"u8;

    /// <summary>Writes a record between <see cref="Begin"/> and <see cref="End"/>.</summary>
    public static void Write(MarcRecord record, IBufferWriter<byte> output) => Write(record, output, "<record>"u8);

    /// <summary>A record as a document of its own.</summary>
    public static string ToText(MarcRecord record)
    {
        var output = new ArrayBufferWriter<byte>(2048);
        Write(record, output, "<record xmlns=\"http://www.loc.gov/MARC21/slim\">"u8);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static void Write(MarcRecord record, IBufferWriter<byte> output, ReadOnlySpan<byte> start)
    {
        output.Write(start);
        output.Write("<leader>"u8);
        Escape(record.Leader, output);
        output.Write("</leader>\n"u8);
        foreach (var field in record.FieldSpan)
        {
            if (field.IsControl) WriteControl(field, output);
            else WriteData(field, output);
        }

        output.Write("</record>\n"u8);
    }

    private static void WriteControl(MarcField field, IBufferWriter<byte> output)
    {
        output.Write("<controlfield tag=\""u8);
        Escape(field.Tag, output);
        output.Write("\">"u8);
        Escape(field.Value, output);
        output.Write("</controlfield>\n"u8);
    }

    private static void WriteData(MarcField field, IBufferWriter<byte> output)
    {
        output.Write("<datafield tag=\""u8);
        Escape(field.Tag, output);
        output.Write("\" ind1=\""u8);
        Escape([field.Indicator1], output);
        output.Write("\" ind2=\""u8);
        Escape([field.Indicator2], output);
        output.Write("\">\n"u8);
        foreach (var subfield in field.Subfields)
        {
            output.Write("<subfield code=\""u8);
            Escape([subfield.Code < ' ' ? '?' : subfield.Code], output);
            output.Write("\">"u8);
            Escape(subfield.Value, output);
            output.Write("</subfield>\n"u8);
        }

        output.Write("</datafield>\n"u8);
    }

    private static void Escape(ReadOnlySpan<char> text, IBufferWriter<byte> output)
    {
        var bytes = output.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        var length = Encoding.UTF8.GetBytes(text, bytes);
        if (bytes[..length].IndexOfAny(Markup) < 0)
        {
            output.Advance(length);
            return;
        }

        // Nothing was advanced: the bytes are copied before they are written over.
        foreach (var current in bytes[..length].ToArray())
        {
            output.Write(current switch
            {
                (byte)'&' => "&amp;"u8,
                (byte)'<' => "&lt;"u8,
                (byte)'>' => "&gt;"u8,
                (byte)'"' => "&quot;"u8,
                (byte)'\r' => "&#xD;"u8,
                _ => [current],
            });
        }
    }
}
