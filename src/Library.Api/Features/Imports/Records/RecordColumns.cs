using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Library.Contracts;

namespace Library.Api.Features.Imports.Records;

/// <summary>A column of CSV: a field of authors' records, of books', or of both.</summary>
/// <param name="IsList">Its items are separated by semicolons.</param>
internal sealed record RecordColumn(string Name, bool IsList);

/// <summary>The columns of CSV, as the records' own fields tell them.</summary>
internal static class RecordColumns
{
    public static readonly IReadOnlyList<RecordColumn> All =
    [
        .. LibraryJsonContext.Default.AuthorRecord.Properties.Concat(LibraryJsonContext.Default.BookRecord.Properties)
            .DistinctBy(property => property.Name).Select(property => new RecordColumn(property.Name, IsList(property))),
    ];

    /// <summary>A field's value as a column has it.</summary>
    public static string TextOf(object value) => value switch
    {
        string text => text,
        DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
        IEnumerable<Guid> ids => string.Join(';', ids),
        _ => value.ToString()!,
    };

    private static bool IsList(JsonPropertyInfo property) => property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);
}
