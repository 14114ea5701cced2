using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Library.Api.Features.Imports.Records;
using Library.Api.Infrastructure.Http;
using Library.Contracts;
using Library.Contracts.Imports;
using Library.Contracts.Serialization;
using Library.Contracts.Values;
using Npgsql;

namespace Library.Api.Features.Exports;

/// <summary>Writes authors and books as records of an import.</summary>
internal interface IExportWriter
{
    void Begin();

    void Write(AuthorRecord author);

    void Write(BookRecord book);
}

/// <summary>Records out of rows.</summary>
internal static class ExportRows
{
    /// <param name="row">State.</param>
    public static AuthorRecord Author(NpgsqlDataReader row)
    {
        var state = JsonSerializer.Deserialize(row.GetFieldValue<byte[]>(0), LibraryJsonContext.Default.AuthorState)!;
        return new AuthorRecord(state) { Id = state.Id };
    }

    /// <param name="row">State; ids of its authors that are deleted, their cascade under way.</param>
    public static BookRecord Book(NpgsqlDataReader row)
    {
        var state = JsonSerializer.Deserialize(row.GetFieldValue<byte[]>(0), LibraryJsonContext.Default.BookState)!;
        var gone = row.IsDBNull(1) ? [] : row.GetFieldValue<Guid[]>(1);
        Contributor[] left = [.. state.Contributors.Where(contributor => !gone.Contains(contributor.AuthorId))];
        // The short form, wherever it loses nothing.
        return left.All(contributor => contributor.Role == Relators.Author)
            ? new BookRecord(state) { Id = state.Id, AuthorIds = [.. left.Select(contributor => contributor.AuthorId)] }
            : new BookRecord(state) { Id = state.Id, Contributors = [.. left.Select(contributor => new RecordContributor { AuthorId = contributor.AuthorId, Role = contributor.Role })] };
    }
}

/// <summary>One JSON object per line; unset fields are omitted.</summary>
internal sealed class NdJsonExport(PipeWriter body) : IExportWriter, IDisposable
{
    private readonly Utf8JsonWriter _json = new(body, new JsonWriterOptions { Encoder = ResponseJson.Options.Encoder, SkipValidation = true });

    public void Begin()
    {
    }

    public void Write(AuthorRecord author) => Line(author, LibraryJsonContext.Default.AuthorRecord);

    public void Write(BookRecord book) => Line(book, LibraryJsonContext.Default.BookRecord);

    public void Dispose() => _json.Dispose();

    private void Line<T>(T record, JsonTypeInfo<T> type)
    {
        JsonSerializer.Serialize(_json, record, type);
        _json.Reset();
        body.Write("\n"u8);
    }
}

/// <summary>CSV (RFC 4180) with a column for each field but the keys; what is unset is empty, an empty text is quoted.</summary>
/// <param name="isExcelSafe">A text that a spreadsheet would take for a formula gets an apostrophe before it, and so is no longer what it was.</param>
internal sealed class CsvExport(PipeWriter body, bool isExcelSafe = false) : IExportWriter
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    private static readonly RecordColumn[] Columns = [.. RecordColumns.All.Where(column => !column.Name.Contains("key", StringComparison.OrdinalIgnoreCase))];
    private static readonly JsonPropertyInfo?[] OfAuthor = FieldsOf(LibraryJsonContext.Default.AuthorRecord);
    private static readonly JsonPropertyInfo?[] OfBook = FieldsOf(LibraryJsonContext.Default.BookRecord);

    public void Begin() => Text(string.Join(',', Columns.Select(column => column.Name)) + "\r\n");

    public void Write(AuthorRecord author) => Row(author, OfAuthor);

    public void Write(BookRecord book) => Row(book, OfBook);

    private static JsonPropertyInfo?[] FieldsOf(JsonTypeInfo record) => [.. Columns.Select(column => record.Properties.SingleOrDefault(property => property.Name == column.Name))];

    private void Row(object record, JsonPropertyInfo?[] fields)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            if (i > 0) Text(",");
            if (fields[i]?.Get!(record) is { } value) Field(RecordColumns.TextOf(value));
        }

        Text("\r\n");
    }

    private void Field(string text)
    {
        if (isExcelSafe && text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n') text = "'" + text;
        if (text.Length > 0 && !text.AsSpan().ContainsAny(Special)) Text(text);
        else Text($"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
    }

    private void Text(string text) => Encoding.UTF8.GetBytes(text, body);
}
