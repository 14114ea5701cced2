using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using FluentValidation;
using Library.Api.Infrastructure.Http;
using Library.Contracts;
using Library.Contracts.Imports;
using Library.Hosting.Errors;

namespace Library.Api.Features.Imports.Records;

/// <summary>What the worker needs to know about a record.</summary>
/// <param name="Kind">1: author, 2: book, 0: neither.</param>
/// <param name="Problem">Why it is refused; null: it is valid in itself.</param>
internal readonly record struct ParsedRecord(short Kind, Guid? Id, Problem? Problem)
{
    public static ParsedRecord Refused(Problem problem) => new(0, null, problem);
}

/// <summary>Reads a record and checks it by the rules of single commands.</summary>
internal sealed class RecordParser(RequestJson json, IValidator<AuthorRecord> authors, IValidator<BookRecord> books)
{
    private const short Author = 1;
    private const short Book = 2;

    private readonly JsonTypeInfo<AuthorRecord> _author = (JsonTypeInfo<AuthorRecord>)json.Options.GetTypeInfo(typeof(AuthorRecord));
    private readonly JsonTypeInfo<BookRecord> _book = (JsonTypeInfo<BookRecord>)json.Options.GetTypeInfo(typeof(BookRecord));

    public ParsedRecord Parse(ReadOnlySpan<byte> record)
    {
        if (!Utf8.IsValid(record)) return ParsedRecord.Refused(Problems.Malformed("The record is not valid UTF-8."));
        return TypeOf(record) switch
        {
            AuthorRecord.TypeName => Parse(record, Author, _author, authors, author => author.Id ?? RecordKeys.AuthorId(author.Key!)),
            BookRecord.TypeName => Parse(record, Book, _book, books, book => book.Id ?? RecordKeys.BookId(book.Key!)),
            _ => ParsedRecord.Refused(Undefined(record)),
        };
    }

    private static ParsedRecord Parse<T>(ReadOnlySpan<byte> text, short kind, JsonTypeInfo<T> type, IValidator<T> rules, Func<T, Guid> idOf)
        where T : class
    {
        T record;
        try
        {
            record = JsonSerializer.Deserialize(text, type)!;
        }
        catch (JsonException fault)
        {
            return ParsedRecord.Refused(BodyDiagnosis.Of(text, fault, type, "record"));
        }

        var validation = rules.Validate(record);
        return validation.IsValid ? new ParsedRecord(kind, idOf(record), null) : ParsedRecord.Refused(BodyReader.ProblemOf(validation));
    }

    /// <summary>Null: it says none, or is no JSON.</summary>
    private string? TypeOf(ReadOnlySpan<byte> record)
    {
        var reader = new Utf8JsonReader(record, new JsonReaderOptions { MaxDepth = json.Options.MaxDepth });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isType = reader.ValueTextEquals("type"u8);
                reader.Read();
                if (isType) return reader.TokenType != JsonTokenType.String ? null : reader.ValueTextEquals(AuthorRecord.TypeName) ? AuthorRecord.TypeName : reader.ValueTextEquals(BookRecord.TypeName) ? BookRecord.TypeName : null;
                reader.Skip();
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // Said in full by the diagnosis. The second: half of a surrogate pair is no text to compare.
        }

        return null;
    }

    private Problem Undefined(ReadOnlySpan<byte> record) => BodyDiagnosis.OfNoObject(record, json.Options, "record")
        ?? Problems.Invalid(new Dictionary<string, string[]> { ["type"] = ["It is required, and must be author or book."] });
}
