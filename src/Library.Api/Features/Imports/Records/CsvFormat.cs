namespace Library.Api.Features.Imports.Records;

/// <summary>
/// CSV (RFC 4180): quoted fields may hold separators, line ends and doubled quotes. Implemented here because no library distinguishes an empty field
/// from a quoted empty text, as exports must, and continues after a row that is malformed or too large.
/// </summary>
/// <param name="separator">Between fields; no quote and no line end.</param>
internal sealed class CsvFormat(char separator = ',') : IRecordFormat
{
    private const byte Quote = (byte)'"';

    public const string BrokenQuote = "A quote is not closed, or stands where none may: a field that has a quote in it is quoted as a whole, and its quotes are doubled.";

    /// <summary>What a spreadsheet may write; the first where a header has one column only.</summary>
    public static readonly IReadOnlyList<CsvFormat> All = [new(','), new(';'), new('\t')];

    public static readonly CsvFormat Tab = All[2];

    private readonly byte _separator = (byte)separator;

    /// <summary>The text is over, and the field may not be.</summary>
    private const int Open = -1;

    private const int Wrong = -2;

    public string Broken => BrokenQuote;

    public RowEnd FindEnd(ReadOnlySpan<byte> text, bool complete)
    {
        var at = 0;
        while (true)
        {
            var field = FieldEnd(text[at..], complete);
            if (field == Wrong || (field == Open && complete)) return BrokenLine(text, complete);
            if (field == Open) return default;
            at += field;
            if (at == text.Length) return complete ? new RowEnd(RowKind.Row, at) : default;
            if (text[at] != _separator) return new RowEnd(RowKind.Row, at);
            at++;
        }
    }

    /// <summary>The fields of a row whose end was found.</summary>
    public void Split(ReadOnlySpan<byte> row, List<Range> fields)
    {
        fields.Clear();
        for (var at = 0; ; at++)
        {
            var length = FieldEnd(row[at..], complete: true);
            fields.Add(at..(at + length));
            at += length;
            if (at == row.Length) return;
        }
    }

    /// <summary>The text of a field. Null: there is none; a text that is empty is written as two quotes.</summary>
    public static byte[]? Value(ReadOnlySpan<byte> field)
    {
        if (field.IsEmpty) return null;
        if (field[0] != Quote) return field.ToArray();
        var inner = field[1..^1];
        if (!inner.Contains(Quote)) return inner.ToArray();
        var text = new byte[inner.Length];
        var length = 0;
        for (var i = 0; i < inner.Length; i++)
        {
            text[length++] = inner[i];
            if (inner[i] == Quote) i++;
        }

        return text[..length];
    }

    /// <summary>Length of the field that the text begins with; <see cref="Open"/> or <see cref="Wrong"/>.</summary>
    private int FieldEnd(ReadOnlySpan<byte> text, bool complete)
    {
        if (text.IsEmpty || text[0] != Quote)
        {
            var end = text.IndexOfAny([_separator, (byte)'\n', (byte)'\r', Quote]);
            return end < 0 ? text.Length : text[end] == Quote ? Wrong : end;
        }

        for (var at = 1; ; at += 2)
        {
            var quote = text[at..].IndexOf(Quote);
            if (quote < 0) return Open;
            at += quote;
            if (at + 1 == text.Length) return complete ? text.Length : Open;
            if (text[at + 1] == _separator || text[at + 1] is (byte)'\n' or (byte)'\r') return at + 1;
            if (text[at + 1] != Quote) return Wrong;
        }
    }

    private static RowEnd BrokenLine(ReadOnlySpan<byte> text, bool complete)
    {
        var end = text.IndexOfAny((byte)'\n', (byte)'\r');
        return end >= 0 ? new RowEnd(RowKind.Broken, end) : complete ? new RowEnd(RowKind.Broken, text.Length) : default;
    }
}
