using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using static Library.EndToEnd.ImportFiles.GoodRecords;
using static Library.EndToEnd.ImportFiles.Spoiling;

namespace Library.EndToEnd.ImportFiles;

internal sealed class NdJsonFile : IFileFormat
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string MediaType => "application/x-ndjson";

    public string? Header => null;

    public IEnumerable<Spoiling> Spoilings { get; } =
    [
        .. OfFields,
        new("cut off", "author", "malformed", "not valid JSON", (record, format, random) => Encoding.UTF8.GetBytes(format.Row(record, random) is var row ? row.Trim()[..random.Next(1, row.Trim().Length)] : "")),
        OfText("a comma too many", "author", "malformed", "not valid JSON", text => text.Trim()[..^1] + ",}"),
        OfText("other quotes", "author", "malformed", "not valid JSON", text => text.Replace('"', '\'')),
        OfText("two records", "author", "malformed", "not valid JSON", text => text + text),
        OfText("something behind", "book", "malformed", "not valid JSON", text => text + ";"),
        OfText("a comment", "book", "malformed", "not valid JSON", text => "// " + text),
        OfText("a byte order mark", "author", "malformed", "not valid JSON", text => "\ufeff" + text),
        OfText("a row of CSV", "author", "malformed", "not valid JSON", _ => "author,k,Ann,,"),
        OfText("an array", "author", "malformed", "must be a JSON object", text => $"[{text}]"),
        OfText("null", "author", "malformed", "must be a JSON object", _ => "null"),
        OfText("a number", "book", "malformed", "must be a JSON object", _ => "42"),
        OfText("a text", "book", "malformed", "must be a JSON object", _ => "\"book\""),
        OfText("an empty object", "book", "invalid", Field("type"), _ => "{}"),
        OfText("NUL as it is", "author", "malformed", "not valid JSON", text => text.Replace("\"name\":\"", "\"name\":\"\0", StringComparison.Ordinal)),
        OfText("a tab as it is", "author", "malformed", "not valid JSON", text => text.Replace("\"name\":\"", "\"name\":\"\t", StringComparison.Ordinal)),
        OfText("the first half of a surrogate pair", "author", "malformed", "surrogate", text => text.Replace("\"name\":\"", "\"name\":\"\\ud83d", StringComparison.Ordinal)),
        OfText("the second half of a surrogate pair", "book", "malformed", "surrogate", text => text.Replace("\"title\":\"", "\"title\":\"\\udc40", StringComparison.Ordinal)),
        OfText("half of a surrogate pair in the key", "author", "malformed", "surrogate", text => text.Replace("\"key\":\"", "\"key\":\"\\ud83d", StringComparison.Ordinal)),
        OfText("half of a surrogate pair in an author's key", "book", "malformed", "surrogate", text => text.Replace("\"authorKeys\":[\"", "\"authorKeys\":[\"\\ud83d", StringComparison.Ordinal)),
        OfText("half of a surrogate pair for a field", "author", "malformed", "surrogate", text => text.Replace("{\"type\"", "{\"\\ud83d\":1,\"type\"", StringComparison.Ordinal)),
        OfText("half of a surrogate pair for a type", "author", "malformed", "surrogate", text => text.Replace("\"author\"", "\"\\ud83d\"", StringComparison.Ordinal)),
        Utf8("two bytes of which the second is none", [0xC3, 0x28]),
        Utf8("an overlong slash", [0xC0, 0xAF]),
        Utf8("half of a surrogate pair in UTF-8", [0xED, 0xA0, 0x80]),
        Utf8("beyond Unicode", [0xF5, 0x80, 0x80, 0x80]),
        Utf8("Latin-1", [0xE9]),
        OfText("more than a record may have", "author", "record-too-large", "", text => text.Replace("{", "{" + Repeat(" ", 4_300_000), StringComparison.Ordinal), atMost: 3),
        OfText("ten megabytes", "author", "record-too-large", "", text => text.Replace("\"name\":\"", "\"name\":\"" + Repeat("x", 10_000_000), StringComparison.Ordinal), atMost: 1),
        OfText("a name that is a number", "author", "malformed", Field("name"), text => Value(text, "name", "42")),
        OfText("a name that is a list", "author", "malformed", Field("name"), text => Value(text, "name", "[\"Ann\"]")),
        OfText("a name that is an object", "author", "malformed", Field("name"), text => Value(text, "name", "{\"first\":\"Ann\"}")),
        OfText("a name that is null", "author", "invalid", Field("name"), text => Value(text, "name", "null")),
        OfText("a type that is a number", "author", "invalid", Field("type"), text => Value(text, "type", "1")),
        OfText("a key that is a number", "book", "malformed", Field("key"), text => Value(text, "key", "17")),
        OfText("a day that is a number", "author", "malformed", Field("birthDate"), text => text.Trim()[..^1] + ",\"birthDate\":19700101}"),
        OfText("a day that is empty", "author", "invalid", Field("birthDate"), text => text.Trim()[..^1] + ",\"birthDate\":\"\"}"),
        OfText("authors that are a text", "book", "malformed", Field("authorKeys"), text => text[..text.LastIndexOf('[')] + "\"a1\"}"),
        OfText("null among the authors", "book", "invalid", Field("authorKeys[1]"), text => text[..text.LastIndexOf('[')] + "[\"a1\",null]}"),
        OfText("a number among the authors", "book", "malformed", Field("authorKeys[1]"), text => text[..text.LastIndexOf('[')] + "[\"a1\",2]}"),
        OfText("a field that there is not", "author", "malformed", Field("nane"), text => text.Trim()[..^1] + ",\"nane\":\"Ann\"}"),
        OfText("a field in capitals", "author", "malformed", Field("Bio"), text => text.Trim()[..^1] + ",\"Bio\":\"\"}"),
        OfText("a field twice", "author", "malformed", Field("name"), text => text.Trim()[..^1] + ",\"name\":\"Bob\"}"),
        OfText("a field twice, once escaped", "author", "malformed", Field("name"), text => text.Trim()[..^1] + ",\"n\\u0061me\":\"Bob\"}"),
        OfText("two types", "author", "malformed", Field("type"), text => text.Trim()[..^1] + ",\"type\":\"book\"}"),
        OfText("too deep", "author", "malformed", "", text => Value(text, "name", Repeat("[", 100) + Repeat("]", 100))),
        OfText("very deep", "author", "malformed", "", text => Value(text, "name", Repeat("[", 100_000) + Repeat("]", 100_000)), atMost: 3),
        OfText("deep in a field that there is not", "book", "malformed", "", text => text.Trim()[..^1] + $",\"x\":{Repeat("{\"x\":", 50)}1{Repeat("}", 50)}}}"),
        OfText("very many fields that there are not", "author", "malformed", Field("f1"), text => text.Trim()[..^1] + string.Concat(Enumerable.Range(1, 60_000).Select(i => $",\"f{i}\":1")) + "}", atMost: 2),
    ];

    public string Row(JsonObject record, Random random) => record.ToJsonString(random.Next(3) == 0 ? null : Readable) is var text && random.Next(8) == 0 ? $" \t{text}  " : text;

    public bool IsShownAs(FileLine line, JsonElement shown)
    {
        var sent = Encoding.UTF8.GetString(line.Row);
        return shown.ValueKind == JsonValueKind.String && shown.GetString() is { } text
            ? text == sent || (line.Problem == "record-too-large" && sent.StartsWith(text, StringComparison.Ordinal)) || JsonSerializer.Serialize(text) == sent
            : shown.GetRawText() == sent.Trim();
    }

    private static string Value(string text, string field, string json)
    {
        var from = text.IndexOf($"\"{field}\":", StringComparison.Ordinal) + field.Length + 3;
        var to = text.IndexOf('"', from + 1) + 1;
        return text[..from] + json + text[to..];
    }

    private static Spoiling Utf8(string what, byte[] bytes) => new(what, "author", "malformed", "UTF-8", (record, format, random) =>
    {
        var row = Encoding.UTF8.GetBytes(format.Row(record, random));
        var at = row.AsSpan().IndexOf("\"name\":\""u8) + 8;
        return [.. row[..at], .. bytes, .. row[at..]];
    });
}
