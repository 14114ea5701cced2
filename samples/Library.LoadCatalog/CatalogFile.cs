using System.Text;
using System.Text.Json.Nodes;

namespace Library.LoadCatalog;

/// <summary>One author or book to create: its request body with the id that this client chose.</summary>
/// <param name="Plural">As in paths: <c>authors</c> or <c>books</c>.</param>
/// <param name="AuthorIds">A book's authors; none for an author.</param>
internal sealed record CatalogRecord(string Plural, Guid Id, byte[] Body, IReadOnlyList<Guid> AuthorIds);

/// <summary>Reads a file in the import format: a JSON object a line, authors and books in any order, the last line of a key wins.</summary>
internal static class CatalogFile
{
    /// <summary>Each book directly behind those of its authors that no earlier book named; authors without a book come last.</summary>
    public static List<CatalogRecord> Read(string path)
    {
        var records = new OrderedDictionary<Guid, CatalogRecord>();
        foreach (var line in File.ReadLines(path).Where(line => !string.IsNullOrWhiteSpace(line)))
        {
            var record = ToRecord(JsonNode.Parse(line)!.AsObject());
            records[record.Id] = record;
        }

        if (records.Count == 0) throw new FormatException($"There is no record in {path}.");
        var placed = new HashSet<Guid>();
        return [.. records.Values.Where(record => record.Plural == "books")
            .SelectMany(book => book.AuthorIds.Where(records.ContainsKey).Select(id => records[id]).Append(book))
            .Concat(records.Values)
            .Where(record => placed.Add(record.Id))];
    }

    /// <summary>The body of a request is the record itself, with ids in place of the file's own keys.</summary>
    private static CatalogRecord ToRecord(JsonObject record)
    {
        var type = (string?)record["type"];
        if (type is not ("author" or "book")) throw new FormatException($"A record is an author or a book, not '{type}'.");
        var id = (Guid?)record["id"] ?? (type == "book" ? NameBasedId.OfBook((string)record["key"]!) : NameBasedId.OfAuthor((string)record["key"]!));
        var keys = record["authorKeys"]?.AsArray();
        foreach (var field in (string[])["type", "key", "authorKeys"]) record.Remove(field);
        record["id"] = id;
        if (keys is not null) record["authorIds"] = new JsonArray([.. keys.Select(key => JsonValue.Create(NameBasedId.OfAuthor((string)key!)))]);
        foreach (var contributor in record["contributors"]?.AsArray() ?? [])
        {
            if (contributor!["authorKey"] is not { } key) continue;
            contributor["authorId"] = NameBasedId.OfAuthor((string)key!);
            contributor.AsObject().Remove("authorKey");
        }

        var authors = (record["authorIds"]?.AsArray() ?? []).Select(author => (Guid)author!)
            .Concat((record["contributors"]?.AsArray() ?? []).Select(contributor => (Guid)contributor!["authorId"]!));
        return new(type + "s", id, Encoding.UTF8.GetBytes(record.ToJsonString()), [.. authors.Distinct()]);
    }
}
