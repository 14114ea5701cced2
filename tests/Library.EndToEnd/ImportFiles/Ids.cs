using System.Text.Json.Nodes;
using Library.Contracts.Imports;

namespace Library.EndToEnd.ImportFiles;

/// <summary>Which id a record is about.</summary>
internal static class Ids
{
    public static Guid Of(string type, string key) => type == "author" ? RecordKeys.AuthorId(key) : RecordKeys.BookId(key);

    public static Guid Of(JsonObject record) => record["id"] is { } id ? Guid.Parse((string)id!) : Of((string)record["type"]!, (string)record["key"]!);

    /// <summary>The record as an export has it: by ids.</summary>
    public static string Exported(JsonObject record)
    {
        var exported = new JsonObject { ["type"] = record["type"]!.DeepClone(), ["id"] = Of(record).ToString() };
        foreach (var field in (string[])["name", "sortName", "kind", "alternateNames", "bio", "birthDate", "deathDate", "title", "description", "publishDate", "publisher", "languages", "subjects", "identifiers"])
            if (record[field] is { } value) exported[field] = value.DeepClone();
        if (record["authorKeys"] is JsonArray keys) exported["authorIds"] = new JsonArray([.. keys.Select(key => (JsonNode)Of("author", (string)key!).ToString())]);
        else if (record["contributors"] is JsonArray contributors) exported["contributors"] = new JsonArray([.. contributors.Select(ById)]);
        else if (record["authorIds"] is { } ids) exported["authorIds"] = ids.DeepClone();
        return exported.ToJsonString();
    }

    private static JsonNode ById(JsonNode? contributor) => new JsonObject
    {
        ["authorId"] = (string?)contributor!["authorId"] ?? Of("author", (string)contributor["authorKey"]!).ToString(),
        ["role"] = (string?)contributor["role"] ?? "aut",
    };
}
