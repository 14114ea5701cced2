using System.Text.Encodings.Web;
using System.Text.Json;
using Library.Contracts.Imports;
using Library.Contracts.Serialization;
using Library.Contracts.Values;

namespace Library.Api.Features.Imports.Records;

/// <summary>A column of CSV: a field of authors' records, of books', or of both.</summary>
internal sealed record RecordColumn(string Name, ColumnKind Kind);

/// <summary>How a cell is read. A cell of a list may also be written as in JSON, which it must be where an item has a semicolon in it.</summary>
internal enum ColumnKind
{
    Text,

    /// <summary>Items separated by semicolons.</summary>
    List,

    /// <summary>Each <c>scheme:value</c>, separated by semicolons.</summary>
    Identifiers,

    /// <summary>An array of objects, written as in JSON.</summary>
    Objects,
}

/// <summary>The columns of CSV, as the records' own fields tell them.</summary>
internal static class RecordColumns
{
    public static readonly IReadOnlyList<RecordColumn> All =
    [
        .. LibraryJsonContext.Default.AuthorRecord.Properties.Concat(LibraryJsonContext.Default.BookRecord.Properties)
            .DistinctBy(property => property.Name).Select(property => new RecordColumn(property.Name, KindOf(property.PropertyType))),
    ];

    /// <summary>A field's value as a column has it.</summary>
    public static string TextOf(object value) => value switch
    {
        string text => text,
        IReadOnlyList<Guid> ids => string.Join(';', ids),
        IReadOnlyList<string> texts => Joined(texts) ?? JsonSerializer.Serialize(texts, RecordJson.IReadOnlyListString),
        IReadOnlyList<Identifier> identifiers => Joined([.. identifiers.Select(identifier => $"{identifier.Scheme}:{identifier.Value}")])
            ?? JsonSerializer.Serialize(identifiers, RecordJson.IReadOnlyListIdentifier),
        IReadOnlyList<RecordContributor> contributors => JsonSerializer.Serialize(contributors, RecordJson.IReadOnlyListRecordContributor),
        _ => value.ToString()!,
    };

    /// <summary>Whether a cell of a list is written as in JSON. Anything else that begins with a bracket is a text, such as the title of a collection.</summary>
    public static bool IsJson(ReadOnlySpan<byte> cell) => cell.Length >= 2 && cell[0] == '[' && cell[1] is (byte)'"' or (byte)'{' or (byte)']';

    private static LibraryJsonContext RecordJson { get; } = new(new JsonSerializerOptions(LibraryJson.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Null: the items could not be separated.</summary>
    private static string? Joined(IReadOnlyList<string> items)
    {
        var text = string.Join(';', items);
        return text.Length == 0 || text[0] == '[' || items.Any(item => item.Contains(';')) ? null : text;
    }

    private static ColumnKind KindOf(Type field) =>
        field == typeof(IReadOnlyList<Identifier>) ? ColumnKind.Identifiers
        : field == typeof(IReadOnlyList<string>) || field == typeof(IReadOnlyList<Guid>) ? ColumnKind.List
        : field.IsGenericType && field.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? ColumnKind.Objects
        : ColumnKind.Text;
}
