using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Library.Api.Infrastructure.Http;
using Library.Contracts.Imports;
using Npgsql;

namespace Library.Api.Features.Exports;

/// <summary>Writes authors and books as records of an import.</summary>
internal interface IExportWriter
{
    void Begin();

    /// <param name="row">id, name, bio, birth date.</param>
    void Author(NpgsqlDataReader row);

    /// <param name="row">id, title, description, publish date, author ids.</param>
    void Book(NpgsqlDataReader row);
}

/// <summary>A JSON object a line; what is unset is left out.</summary>
internal sealed class NdJsonExport(PipeWriter body) : IExportWriter, IDisposable
{
    private readonly Utf8JsonWriter _json = new(body, new JsonWriterOptions { Encoder = ResponseJson.Options.Encoder, SkipValidation = true });

    public void Begin()
    {
    }

    public void Author(NpgsqlDataReader row) => Record(AuthorRecord.TypeName, row, "name", "bio", "birthDate");

    public void Book(NpgsqlDataReader row) => Record(BookRecord.TypeName, row, "title", "description", "publishDate");

    public void Dispose() => _json.Dispose();

    private void Record(string type, NpgsqlDataReader row, string name, string text, string day)
    {
        _json.WriteStartObject();
        _json.WriteString("type", type);
        _json.WriteString("id", row.GetGuid(0));
        _json.WriteString(name, row.GetString(1));
        if (!row.IsDBNull(2)) _json.WriteString(text, row.GetString(2));
        if (!row.IsDBNull(3)) _json.WriteString(day, row.GetFieldValue<DateOnly>(3).ToString("O", CultureInfo.InvariantCulture));
        if (type == BookRecord.TypeName)
        {
            _json.WriteStartArray("authorIds");
            foreach (var id in row.GetFieldValue<Guid[]>(4)) _json.WriteStringValue(id);
            _json.WriteEndArray();
        }

        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        body.Write("\n"u8);
    }
}

/// <summary>CSV (RFC 4180) with a column for each field; what is unset is empty, an empty text is quoted.</summary>
internal sealed class CsvExport(PipeWriter body) : IExportWriter
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    public void Begin() => Write("type,id,name,bio,birthDate,title,description,publishDate,authorIds\r\n");

    public void Author(NpgsqlDataReader row)
    {
        Write($"author,{row.GetGuid(0)},");
        Fields(row);
        Write(",,,,\r\n");
    }

    public void Book(NpgsqlDataReader row)
    {
        Write($"book,{row.GetGuid(0)},,,,");
        Fields(row);
        Write($",{string.Join(';', row.GetFieldValue<Guid[]>(4))}\r\n");
    }

    private void Fields(NpgsqlDataReader row)
    {
        Field(row.GetString(1));
        Write(",");
        if (!row.IsDBNull(2)) Field(row.GetString(2));
        Write(",");
        if (!row.IsDBNull(3)) Write(row.GetFieldValue<DateOnly>(3).ToString("O", CultureInfo.InvariantCulture));
    }

    private void Field(string text)
    {
        if (text.Length > 0 && !text.AsSpan().ContainsAny(Special)) Write(text);
        else Write($"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
    }

    private void Write(string text) => Encoding.UTF8.GetBytes(text, body);
}
