using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using static Library.EndToEnd.ImportFiles.GoodRecords;
using static Library.EndToEnd.ImportFiles.Spoiling;

namespace Library.EndToEnd.ImportFiles;

internal sealed class CsvFile : IFileFormat
{
    private static readonly string[] Columns = ["type", "title", "name", "authorKeys", "authorIds", "birthDate", "bio", "description", "publishDate", "id", "key", "sortName", "kind", "alternateNames", "deathDate", "identifiers", "languages", "subjects", "publisher", "contributors"];

    public string MediaType => "text/csv";

    public string Header => string.Join(',', Columns);

    public IEnumerable<Spoiling> Spoilings { get; } =
    [
        .. OfFields.Where(spoiling => spoiling.What is not "an empty key among the authors"),
        OfText("a field too few", "author", "malformed", "fields", text => text[(text.IndexOf(',', StringComparison.Ordinal) + 1)..]),
        OfText("a field too many", "book", "malformed", "fields", text => text + ",x"),
        OfText("one field", "author", "malformed", "fields", _ => "author"),
        OfText("semicolons", "author", "malformed", "fields", text => text.Replace("\"", "", StringComparison.Ordinal).Replace(',', ';')),
        OfText("JSON", "author", "malformed", "", _ => """{"type":"author","key":"k","name":"Ann"}"""),
        OfText("commas alone", "author", "invalid", Field("type"), _ => new string(',', Columns.Length - 1)),
        OfText("the header again", "author", "invalid", Field("type"), _ => string.Join(',', Columns)),
        OfText("a byte order mark", "author", "invalid", Field("type"), text => "\ufeff" + text.Replace("\"", "", StringComparison.Ordinal)),
        OfText("a quote in the middle", "author", "malformed", "quote", text => "5\" " + text),
        OfText("a blank before a quote", "author", "malformed", "quote", text => " \"author\"" + text[6..]),
        OfText("something behind a quote", "book", "malformed", "quote", text => "\"book\" " + text[4..]),
        OfText("a quote that is not closed", "author", "malformed", "quote", text => "\"" + text.Replace("\"", "", StringComparison.Ordinal)),
        OfText("a quote that is not closed, at the end", "book", "malformed", "quote", text => text.Replace("\"", "", StringComparison.Ordinal) + "\""),
        OfText("an empty key among the authors", "book", "invalid", Field("authorKeys[0]"), text => text.Replace(",a", ",;a", StringComparison.Ordinal).Replace(",\"a", ",\";a", StringComparison.Ordinal)),
        new("no UTF-8", "author", "malformed", "UTF-8", (record, format, random) => Encoding.UTF8.GetBytes(format.Row(record, random)) is var row ? [.. row[..^1], 0xC3, row[^1]] : []),
        OfText("more than a record may have", "author", "record-too-large", "", text => text + Repeat("x", 4_300_000), atMost: 3),
    ];

    public string Row(JsonObject record, Random random) => string.Join(',', Columns.Select(column => record[column] switch
    {
        null => "",
        JsonArray list when list.All(item => item is JsonValue && !((string)item!).Contains(';')) && list.Count > 0 => Quoted(string.Join(';', list.Select(item => (string)item!)), random),
        JsonArray list => Quoted(list.ToJsonString(), random),
        var value => Quoted((string)value!, random),
    }));

    public bool IsShownAs(FileLine line, JsonElement shown)
    {
        if (line.Record is { } record && shown.ValueKind == JsonValueKind.Object) return true;
        var sent = Encoding.UTF8.GetString(line.Row);
        return shown.ValueKind == JsonValueKind.Object || shown.GetString() == sent || (line.Problem == "record-too-large" && sent.StartsWith(shown.GetString()!, StringComparison.Ordinal));
    }

    private static string Quoted(string text, Random random) => text.Length == 0 || text.AsSpan().ContainsAny("\",\r\n") || random.Next(6) == 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
