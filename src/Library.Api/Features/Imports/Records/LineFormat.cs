namespace Library.Api.Features.Imports.Records;

/// <summary>NDJSON: a row is a line. A line ends with LF, CR LF or CR, none of which stands in JSON unescaped.</summary>
internal sealed class LineFormat : IRecordFormat
{
    public string Broken => "";

    public RowEnd FindEnd(ReadOnlySpan<byte> text, bool complete)
    {
        var end = text.IndexOfAny((byte)'\n', (byte)'\r');
        if (end >= 0) return new RowEnd(RowKind.Row, end);
        return complete ? new RowEnd(RowKind.Row, text.Length) : default;
    }
}
