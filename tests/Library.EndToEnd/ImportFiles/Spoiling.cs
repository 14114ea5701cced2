using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using static Library.EndToEnd.ImportFiles.GoodRecords;

namespace Library.EndToEnd.ImportFiles;

/// <summary>A way in which a record can be bad.</summary>
/// <param name="Type">author or book.</param>
/// <param name="Problem">Kind of the problem.</param>
/// <param name="Named">What the problem must name.</param>
/// <param name="Spoil">Makes the bad row of a good record.</param>
/// <param name="AtMost">How often in a file: large ones need not be many.</param>
internal sealed record Spoiling(string What, string Type, string Problem, string Named, Func<JsonObject, IFileFormat, Random, byte[]> Spoil, int AtMost = int.MaxValue)
{
    /// <summary>Those that can be said in either format.</summary>
    public static IEnumerable<Spoiling> OfFields { get; } =
    [
        Of("no name", "author", "invalid", Field("name"), record => Without(record, "name")),
        Set("empty name", "author", "invalid", "name", ""),
        Set("blank name", "author", "invalid", "name", " \t\u00a0\u3000"),
        Set("name with NUL", "author", "invalid", "name", "N\0UL"),
        Set("name of 501 code points", "author", "invalid", "name", Repeat("👩", 501)),
        Set("name of 500 letters with an accent apart", "author", "invalid", "name", Repeat("e\u0301", 500)),
        Set("bio of 10,001 code points", "author", "invalid", "bio", Repeat("ł", 10_001)),
        Set("bio with NUL", "author", "invalid", "bio", "\0"),
        Set("born on a day that is none", "author", "invalid", "birthDate", "2023-02-30"),
        Set("born on a leap day that was none", "author", "invalid", "birthDate", "1900-02-29"),
        Set("born on a day as people write it", "author", "invalid", "birthDate", "1.1.1970"),
        Set("born at a time of day", "author", "invalid", "birthDate", "1970-01-01T00:00:00Z"),
        Set("born in a season that is none", "author", "invalid", "birthDate", "1967-25"),
        Set("born at some time", "author", "invalid", "birthDate", "1900/1910"),
        Set("died before the birth", "author", "invalid", Field("deathDate"), "birthDate", "1929", "deathDate", "1928"),
        Set("born in year 10,000", "author", "invalid", "birthDate", "10000-01-01"),
        Set("not born yet", "author", "invalid", "birthDate", "2999-01-01"),
        Set("an author with a title", "author", "malformed", "title", "Tales"),
        Set("a book with a name", "book", "malformed", "name", "Ann"),
        Set("no such type", "author", "invalid", "type", "magazine"),
        Set("a type in capitals", "book", "invalid", "type", "Book"),
        Of("no type", "book", "invalid", Field("type"), record => Without(record, "type")),
        Set("empty key", "author", "invalid", "key", ""),
        Set("blank key", "book", "invalid", "key", " "),
        Set("key of 501 code points", "book", "invalid", "key", Repeat("𐐷", 501)),
        Set("key with NUL", "author", "invalid", "key", "a\0b"),
        Of("neither key nor id", "author", "invalid", Field("key"), record => Without(record, "key")),
        Set("both key and id", "book", "invalid", Field("key"), "id", "0197d3a0-0000-7000-8000-00000000000a"),
        Of("an id that is none", "author", "malformed", Field("id"), record => With(Without(record, "key"), "id", "17")),
        Of("an id in braces", "book", "malformed", Field("id"), record => With(Without(record, "key"), "id", "{0197d3a0-0000-7000-8000-00000000000a}")),
        Of("the nil id", "author", "invalid", Field("id"), record => With(Without(record, "key"), "id", Guid.Empty.ToString())),
        Of("a book with the id of an author of the catalog", "book", "id-taken", "(author)", record => With(Without(record, "key"), "id", Ids.Of("author", "before").ToString()), atMost: 1),
        Of("a book with the id of an author of the file", "book", "id-taken", "(author)", record => With(Without(record, "key"), "id", Ids.Of("author", "a1").ToString()), atMost: 1),
        Of("an author with the id of a book of the catalog", "author", "id-taken", "(book)", record => With(Without(record, "key"), "id", Ids.Of("book", "before").ToString()), atMost: 1),
        Of("no title", "book", "invalid", Field("title"), record => Without(record, "title")),
        Set("title of 2,001 code points", "book", "invalid", "title", Repeat("t", 2_001)),
        Set("description of 20,001 code points", "book", "invalid", "description", Repeat("d", 20_001)),
        Set("published on a day that is none", "book", "invalid", "publishDate", "2024-13-01"),
        Of("no authors", "book", "invalid", Field("authorKeys"), record => Without(record, "authorKeys")),
        Authors("an author twice", "invalid", Field("authorKeys"), "a1", "a2", "a1"),
        Authors("101 authors", "invalid", Field("authorKeys"), [.. Enumerable.Range(0, 101).Select(i => string.Create(CultureInfo.InvariantCulture, $"a{i}"))]),
        Authors("an empty key among the authors", "invalid", Field("authorKeys[1]"), "a1", "", "a2"),
        Authors("a blank key among the authors", "invalid", Field("authorKeys[1]"), "a1", " "),
        Authors("a key of 501 code points among the authors", "invalid", Field("authorKeys[1]"), "a1", Repeat("k", 501)),
        Of("keys and ids of authors", "book", "invalid", Field("authorKeys"), record => With(record, "authorIds", new JsonArray(Ids.Of("author", "a1").ToString()))),
        Of("the id of an author twice", "book", "invalid", Field("authorIds"), record => ByIds(record, Ids.Of("author", "a1").ToString(), Ids.Of("author", "a1").ToString())),
        Of("the id of an author that is none", "book", "malformed", Field("authorIds[1]"), record => ByIds(record, Ids.Of("author", "a1").ToString(), "x")),
        Set("a kind of author that is none", "author", "invalid", "kind", "robot"),
        Set("a blank alternate name", "author", "invalid", Field("alternateNames[1]"), "alternateNames", new JsonArray("A", " ")),
        Set("a wrong check digit", "book", "invalid", Field("identifiers[0].value"), "identifiers", new JsonArray(new JsonObject { ["scheme"] = "isbn", ["value"] = "9780306406158" })),
        Set("a language that is none", "book", "invalid", Field("languages[1]"), "languages", new JsonArray("eng", "english")),
        Set("201 subjects", "book", "invalid", Field("subjects"), "subjects", new JsonArray([.. Enumerable.Range(0, 201).Select(i => (JsonNode)$"s{i}")])),
        Contributors("a role that is none", "invalid", Field("contributors[0].role"), new JsonObject { ["authorKey"] = "a1", ["role"] = "writer" }),
        Contributors("an unknown contributor", "unknown-author", Field("contributors[0].authorKey"), new JsonObject { ["authorKey"] = "nobody", ["role"] = "trl" }),
        Of("an unknown author", "book", "unknown-author", Field("authorKeys[0]"), record => With(record, "authorKeys", new JsonArray("nobody"))),
        Of("an unknown author among known ones", "book", "unknown-author", Field("authorKeys[1]"), record => With(record, "authorKeys", new JsonArray("a3", "nobody", "a4"))),
        Of("the key of a book for an author", "book", "unknown-author", Field("authorKeys[0]"), record => With(record, "authorKeys", new JsonArray("before-book"))),
        Of("an unknown author's id", "book", "unknown-author", Field("authorIds[0]"), record => ByIds(record, "0197d3a0-0000-7000-8000-00000000000b")),
        Of("the nil id for an author", "book", "unknown-author", Field("authorIds[0]"), record => ByIds(record, Guid.Empty.ToString())),
    ];

    /// <summary>How a problem names a field.</summary>
    public static string Field(string name) => $"\"{name}\":[";

    public static Spoiling Of(string what, string type, string problem, string named, Func<JsonObject, JsonObject> change, int atMost = int.MaxValue) =>
        new(what, type, problem, named, (record, format, random) => Encoding.UTF8.GetBytes(format.Row(change(record), random)), atMost);

    public static Spoiling Set(string what, string type, string problem, string field, JsonNode? value) => Set(what, type, problem, Field(field), field, value);

    public static Spoiling OfText(string what, string type, string problem, string named, Func<string, string> change, int atMost = int.MaxValue) =>
        new(what, type, problem, named, (record, format, random) => Encoding.UTF8.GetBytes(change(format.Row(record, random))), atMost);

    private static Spoiling Set(string what, string type, string problem, string named, string field, JsonNode? value) => Of(what, type, problem, named, record => With(record, field, value?.DeepClone()));

    private static Spoiling Set(string what, string type, string problem, string named, string field, JsonNode? value, string otherField, JsonNode? otherValue) =>
        Of(what, type, problem, named, record => With(With(record, field, value?.DeepClone()), otherField, otherValue?.DeepClone()));

    private static Spoiling Authors(string what, string problem, string named, params string[] keys) => Of(what, "book", problem, named, record => With(record, "authorKeys", new JsonArray([.. keys.Select(key => (JsonNode)key)])));

    private static Spoiling Contributors(string what, string problem, string named, JsonObject contributor) =>
        Of(what, "book", problem, named, record => With(Without(record, "authorKeys"), "contributors", new JsonArray(contributor.DeepClone())));

    private static JsonObject ByIds(JsonObject record, params string[] ids) => With(Without(record, "authorKeys"), "authorIds", new JsonArray([.. ids.Select(id => (JsonNode)id)]));
}
