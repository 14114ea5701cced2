using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Library.EndToEnd.ImportFiles;

/// <summary>Records that are right, some of them at the limits of what is. Each has a key of its own.</summary>
internal sealed class GoodRecords(Random random)
{
    /// <summary>Authors that books of the file name.</summary>
    public const int Named = 120;

    /// <summary>What is in the catalog before: an author and a book.</summary>
    public static readonly JsonObject[] Before = [Author("before", "Was there"), Book("before", "Was there", "before")];

    private static readonly Func<JsonObject, JsonObject>[] Authors =
    [
        author => author,
        author => With(author, "bio", ""),
        author => With(author, "bio", "Two\nlines, \"quoted\"\r\nand; more"),
        author => With(author, "bio", Repeat("𐐷", 10_000)),
        author => With(author, "birthDate", "2024-02-29"),
        author => With(author, "birthDate", "0001-01-01"),
        author => With(author, "name", Repeat("👩", 500)),
        author => With(author, "name", "x\u0001\u001f\u007f\u2028\u200b\ufeff"),
        author => With(author, "name", "  not blank  "),
        author => With(author, "key", author["key"] + Repeat("ł", 490)),
        author => With(author, "key", $" {author["key"]}, \"odd\"; \\ 'key' 👀\t"),
        author => With(With(With(author, "birthDate", "-0043~"), "deathDate", "001X"), "kind", "person"),
        author => With(With(author, "sortName", "Łódź, of"), "alternateNames", new JsonArray("A; B", "[C]")),
        author => With(author, "identifiers", new JsonArray(new JsonObject { ["scheme"] = "local", ["value"] = "a;b:c" })),
        author => ById(author),
    ];

    private static readonly Func<JsonObject, JsonObject>[] Books =
    [
        book => book,
        book => With(book, "title", Repeat("ﷺ", 2_000)),
        book => With(book, "description", string.Concat(Enumerable.Range(0, 20_000).Select(i => char.ConvertFromUtf32(0x20000 + (i * 7919 % 40_000))))),
        book => With(book, "description", string.Concat(Enumerable.Range(0, 5_000).Select(i => $"w{i % 997} "))[..20_000]),
        book => With(book, "publishDate", "9999-12-31"),
        book => With(book, "authorKeys", new JsonArray([.. Enumerable.Range(0, 100).Select(i => (JsonNode)$"a{i}")])),
        book => With(Without(book, "authorKeys"), "authorIds", new JsonArray(Ids.Of("author", "a1").ToString(), Ids.Of("author", "before").ToString())),
        book => With(book, "authorKeys", new JsonArray("before", "a2")),
        book => With(book, "authorKeys", new JsonArray()),
        book => With(With(book, "publishDate", "1999~/.."), "languages", new JsonArray("deu", "eng")),
        book => With(With(book, "subjects", new JsonArray("x, y", "\"z\"")), "publisher", "P;Q"),
        book => With(Without(book, "authorKeys"), "contributors", new JsonArray(
            new JsonObject { ["authorKey"] = "a2", ["role"] = "trl" }, new JsonObject { ["authorId"] = Ids.Of("author", "a1").ToString() })),
        book => ById(book),
    ];

    private int _next;

    /// <summary>The authors that books name, and then some.</summary>
    public static JsonObject NamedAuthor(int i) => Author(string.Create(CultureInfo.InvariantCulture, $"a{i}"), $"Named {i}");

    public JsonObject Next(string type) => type == "author"
        ? Pick(Authors)(Author(Key(), $"Łódź “{_next}”"))
        : Pick(Books)(Book(Key(), $"Tales {_next}", string.Create(CultureInfo.InvariantCulture, $"a{random.Next(Named)}")));

    /// <summary>One that nothing is peculiar about.</summary>
    public JsonObject NextPlain(string type) => type == "author" ? Author(Key(), $"Plain {_next}") : Book(Key(), $"Plain {_next}", string.Create(CultureInfo.InvariantCulture, $"a{random.Next(Named)}"));

    public static JsonObject With(JsonObject record, string field, JsonNode? value)
    {
        var copy = record.DeepClone().AsObject();
        copy[field] = value;
        return copy;
    }

    public static JsonObject Without(JsonObject record, string field)
    {
        var copy = record.DeepClone().AsObject();
        copy.Remove(field);
        return copy;
    }

    public static string Repeat(string text, int count) => new StringBuilder().Insert(0, text, count).ToString();

    private static JsonObject Author(string key, string name) => new() { ["type"] = "author", ["key"] = key, ["name"] = name };

    private static JsonObject Book(string key, string title, string author) => new() { ["type"] = "book", ["key"] = key, ["title"] = title, ["authorKeys"] = new JsonArray(author) };

    private static JsonObject ById(JsonObject record) => With(Without(record, "key"), "id", Ids.Of(record).ToString());

    private string Key() => string.Create(CultureInfo.InvariantCulture, $"k{_next++}");

    /// <summary>Mostly the ordinary one: those at the limits are large.</summary>
    private Func<JsonObject, JsonObject> Pick(Func<JsonObject, JsonObject>[] kinds) => kinds[random.Next(20) > 0 ? 0 : random.Next(kinds.Length)];
}
