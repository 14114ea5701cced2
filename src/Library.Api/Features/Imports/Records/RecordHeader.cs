using System.Buffers;
using System.Text;
using System.Text.Json;
using Library.Api.Infrastructure.Http;
using Library.Hosting.Errors;

namespace Library.Api.Features.Imports.Records;

/// <summary>The header of a CSV file, and what a row under it stands for: the JSON of the same record in NDJSON.</summary>
internal sealed class RecordHeader : IDisposable
{
    private static readonly string[] Known = [.. RecordColumns.All.Select(column => column.Name)];

    /// <summary>Columns that are named in the refusal.</summary>
    private const int MaxErrors = 20;

    private readonly List<Range> _fields = [];
    private readonly ArrayBufferWriter<byte> _json = new(1024);
    private readonly Utf8JsonWriter _writer;
    private readonly JsonEncodedText[] _columns;
    private readonly bool[] _isList;

    private RecordHeader(IReadOnlyList<string> columns)
    {
        _columns = [.. columns.Select(column => JsonEncodedText.Encode(column))];
        _isList = [.. columns.Select(column => RecordColumns.All.Single(known => known.Name == column).IsList)];
        _writer = new Utf8JsonWriter(_json, new JsonWriterOptions { Encoder = ResponseJson.Options.Encoder, SkipValidation = true });
    }

    /// <exception cref="RefusalException">A column is none that is known, or is there twice.</exception>
    public static RecordHeader Read(ReadOnlySpan<byte> row)
    {
        var fields = new List<Range>();
        CsvFormat.Split(row, fields);
        var columns = new List<string>();
        foreach (var field in fields) columns.Add(Encoding.UTF8.GetString(CsvFormat.Value(row[field]) ?? []));
        var errors = columns.GroupBy(column => column).Where(column => column.Count() > 1 || !Known.Contains(column.Key)).Take(MaxErrors).ToDictionary(
            column => column.Key,
            column => new[] { Known.Contains(column.Key) ? "The header names it more than once." : $"There is no such column; there are: {string.Join(", ", Known)}." });
        return errors.Count == 0 ? new RecordHeader(columns) : throw new RefusalException(Problems.Malformed("The header of the CSV cannot be read. Nothing is applied.", errors));
    }

    /// <summary>The row's JSON, until the next row is asked for.</summary>
    /// <returns>Null: the row has another number of fields than the header.</returns>
    public ReadOnlyMemory<byte>? ToJson(ReadOnlySpan<byte> row)
    {
        CsvFormat.Split(row, _fields);
        if (_fields.Count != _columns.Length) return null;
        _json.ResetWrittenCount();
        _writer.Reset();
        _writer.WriteStartObject();
        for (var i = 0; i < _fields.Count; i++)
        {
            if (CsvFormat.Value(row[_fields[i]]) is not { } value) continue;
            if (_isList[i]) WriteList(_columns[i], value);
            else _writer.WriteString(_columns[i], value);
        }

        _writer.WriteEndObject();
        _writer.Flush();
        return _json.WrittenMemory;
    }

    public string Mismatch => $"The row has {_fields.Count} fields, but the header has {_columns.Length}.";

    public void Dispose() => _writer.Dispose();

    private void WriteList(JsonEncodedText column, ReadOnlySpan<byte> value)
    {
        _writer.WriteStartArray(column);
        foreach (var item in value.Split((byte)';')) _writer.WriteStringValue(value[item]);
        _writer.WriteEndArray();
    }
}
