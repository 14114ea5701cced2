using System.Buffers;
using System.Text;
using System.Text.Json;
using Library.Api.Infrastructure.Http;
using Library.Hosting.Errors;

namespace Library.Api.Features.Imports.Records;

/// <summary>The header of a CSV file, and what a row under it stands for: the JSON of the same record in NDJSON.</summary>
internal sealed class RecordHeader : IDisposable
{
    private readonly List<Range> _fields = [];
    private readonly ArrayBufferWriter<byte> _json = new(1024);
    private readonly Utf8JsonWriter _writer;
    private readonly JsonEncodedText[] _columns;
    private readonly ColumnKind[] _kinds;

    private RecordHeader(CsvFormat format, IReadOnlyList<RecordColumn> columns)
    {
        Format = format;
        _columns = [.. columns.Select(column => JsonEncodedText.Encode(column.Name))];
        _kinds = [.. columns.Select(column => column.Kind)];
        _writer = new Utf8JsonWriter(_json, new JsonWriterOptions { Encoder = ResponseJson.Options.Encoder, SkipValidation = true });
    }

    /// <summary>How the rows under it are written.</summary>
    public CsvFormat Format { get; }

    /// <param name="row">The first line of the file.</param>
    /// <param name="formats">Those that it may be written in. Which one shows by the names that it then has, none of which holds a separator.</param>
    /// <exception cref="RefusalException">A column is none that is known, or is there twice.</exception>
    public static RecordHeader Read(ReadOnlySpan<byte> row, IReadOnlyList<CsvFormat> formats)
    {
        HeaderNames? best = null;
        foreach (var format in formats)
            if (HeaderNames.TryRead(row, format) is { } names && (best is null || names.Known > best.Known)) best = names;
        if (best is null) throw new RefusalException(Problems.Malformed($"The header of the CSV cannot be read. {CsvFormat.BrokenQuote}"));
        var errors = best.Errors();
        return errors.Count == 0
            ? new RecordHeader(best.Format, best.Columns())
            : throw new RefusalException(Problems.Malformed("The header of the CSV cannot be read. Nothing is applied.", errors));
    }

    /// <summary>The row's JSON, until the next row is asked for.</summary>
    /// <returns>Null: the row has another number of fields than the header, empty ones at its end not counted.</returns>
    public ReadOnlyMemory<byte>? ToJson(ReadOnlySpan<byte> row)
    {
        Format.Split(row, _fields);
        while (_fields.Count > _columns.Length && row[_fields[^1]].IsEmpty) _fields.RemoveAt(_fields.Count - 1);
        if (_fields.Count != _columns.Length) return null;
        _json.ResetWrittenCount();
        _writer.Reset();
        _writer.WriteStartObject();
        for (var i = 0; i < _fields.Count; i++)
        {
            if (CsvFormat.Value(row[_fields[i]]) is not { } value) continue;
            _writer.WritePropertyName(_columns[i]);
            Write(_kinds[i], value);
        }

        _writer.WriteEndObject();
        _writer.Flush();
        return _json.WrittenMemory;
    }

    public string Mismatch => $"The row has {_fields.Count} fields, but the header has {_columns.Length}.";

    public void Dispose() => _writer.Dispose();

    private void Write(ColumnKind kind, ReadOnlySpan<byte> value)
    {
        if (kind == ColumnKind.Text) _writer.WriteStringValue(value);
        // Malformed JSON is reported when the record is read, as for NDJSON.
        else if (RecordColumns.IsJson(value)) _writer.WriteRawValue(value, skipInputValidation: true);
        // No array, so that the field is refused.
        else if (kind == ColumnKind.Objects) _writer.WriteStringValue(value);
        else WriteItems(kind, value);
    }

    /// <summary>A cell with an empty text in it is an empty list.</summary>
    private void WriteItems(ColumnKind kind, ReadOnlySpan<byte> value)
    {
        _writer.WriteStartArray();
        if (!value.IsEmpty)
        {
            foreach (var range in value.Split((byte)';'))
            {
                var item = value[range];
                if (kind == ColumnKind.Identifiers) WriteIdentifier(item);
                else _writer.WriteStringValue(item);
            }
        }

        _writer.WriteEndArray();
    }

    private void WriteIdentifier(ReadOnlySpan<byte> item)
    {
        var colon = item.IndexOf((byte)':');
        _writer.WriteStartObject();
        _writer.WriteString("scheme"u8, item[..Math.Max(colon, 0)]);
        _writer.WriteString("value"u8, item[(colon + 1)..]);
        _writer.WriteEndObject();
    }
}
