using System.Text.Json;
using System.Text.Json.Serialization;

namespace Library.LoadCatalog;

/// <summary>One author or book to create: its request body with the id that this client chose.</summary>
/// <param name="Plural">As in paths: <c>authors</c> or <c>books</c>.</param>
/// <param name="AuthorIds">A book's authors; none for an author.</param>
internal sealed record CatalogRecord(string Plural, Guid Id, byte[] Body, IReadOnlyList<Guid> AuthorIds);

/// <summary>Reads a file in the import format: a JSON object a line, authors and books in any order, the last line of a key wins.</summary>
internal static class CatalogFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Each book directly behind those of its authors that no earlier book named; authors without a book come last.</summary>
    public static List<CatalogRecord> Read(string path)
    {
        var records = new OrderedDictionary<Guid, CatalogRecord>();
        foreach (var line in File.ReadLines(path).Where(line => !string.IsNullOrWhiteSpace(line)))
        {
            var record = ToRecord(JsonSerializer.Deserialize<Line>(line, Json)!);
            records[record.Id] = record;
        }

        if (records.Count == 0) throw new FormatException($"There is no record in {path}.");
        var placed = new HashSet<Guid>();
        return [.. records.Values.Where(record => record.Plural == "books")
            .SelectMany(book => book.AuthorIds.Where(records.ContainsKey).Select(id => records[id]).Append(book))
            .Concat(records.Values)
            .Where(record => placed.Add(record.Id))];
    }

    private static CatalogRecord ToRecord(Line line)
    {
        switch (line.Type)
        {
            case "author":
                var author = new { Id = line.Id ?? NameBasedId.OfAuthor(line.Key!), line.Name, line.Bio, line.BirthDate };
                return new("authors", author.Id, JsonSerializer.SerializeToUtf8Bytes(author, Json), []);
            case "book":
                Guid[] authorIds = line.AuthorIds ?? [.. line.AuthorKeys!.Select(NameBasedId.OfAuthor)];
                var book = new { Id = line.Id ?? NameBasedId.OfBook(line.Key!), line.Title, line.Description, line.PublishDate, AuthorIds = authorIds };
                return new("books", book.Id, JsonSerializer.SerializeToUtf8Bytes(book, Json), authorIds);
            default:
                throw new FormatException($"A record is an author or a book, not '{line.Type}'.");
        }
    }

    private sealed record Line(
        string Type, string? Key, Guid? Id, string? Name, string? Bio, string? BirthDate,
        string? Title, string? Description, string? PublishDate, string[]? AuthorKeys, Guid[]? AuthorIds);
}
