using System.Text;
using System.Text.Json;
using Library.Formats.OpenLibrary;

namespace Library.Formats.Tests.OpenLibrary;

public class OpenLibraryReaderTests
{
    private const string Author = """{"key":"/authors/OL31353A","name":"Ursula K. Le Guin","birth_date":"21 October 1929","death_date":"January 22, 2018","bio":{"type":"/type/text","value":"Wrote.\r\nA lot."},"alternate_names":["Le Guin","Ursula K. Le Guin"],"remote_ids":{"viaf":"12306024","wikidata":"Q181659","isni":"wrong"}}""";
    private const string Work = """{"key":"/works/OL59798W","title":"The Left Hand of Darkness","authors":[{"type":"/type/author_role","author":{"key":"/authors/OL31353A"}}],"description":"An envoy.","subjects":["Gethen"]}""";
    private const string Edition = """{"key":"/books/OL7353617M","works":[{"key":"/works/OL59798W"}],"isbn_10":["0441478123","9999999998"],"publishers":["Ace Books","Other"],"publish_date":"March 1976","languages":[{"key":"/languages/eng"}],"identifiers":{"goodreads":["18423"]},"lccn":["76005453"],"number_of_pages":304}""";

    [Fact]
    public async Task An_author_is_read()
    {
        var author = (await Read(Line("author", "/authors/OL31353A", Author))).ShouldHaveSingleItem().Author.ShouldNotBeNull();
        (author.Key, author.OnlyIfMissing, author.Name, author.Kind, author.Bio).ShouldBe(("OL31353A", false, "Ursula K. Le Guin", "person", "Wrote.\r\nA lot."));
        (author.BirthDate?.Text, author.DeathDate?.Text).ShouldBe(("1929-10-21", "2018-01-22"));
        author.AlternateNames.ShouldBe(["Le Guin"]);
        author.Identifiers.Select(identifier => $"{identifier.Scheme}:{identifier.Value}").ShouldBe(["openlibrary:OL31353A", "viaf:12306024", "wikidata:Q181659"]);
    }

    [Fact]
    public async Task An_edition_takes_from_its_work_what_it_lacks()
    {
        var items = await Read(Line("edition", "/books/OL7353617M", Edition), Line("work", "/works/OL59798W", Work));
        var edition = items[0].Edition.ShouldNotBeNull();
        edition.NeedsWork.ShouldBeTrue();
        edition.WorkKey.ShouldBe(items[1].Work.ShouldNotBeNull().Key);
        var book = edition.Join(items[1].Work).Book.ShouldNotBeNull();
        (book.Key, book.Title, book.Publisher, book.PublishDate?.Text, book.Description).ShouldBe(("OL7353617M", "The Left Hand of Darkness", "Ace Books", "1976-03", "An envoy."));
        book.Contributors.ShouldBe([new MappedContributor { AuthorKey = "OL31353A", Role = "aut" }]);
        book.Languages.ShouldBe(["eng"]);
        book.Subjects.ShouldBe(["Gethen"]);
        book.Identifiers.Select(identifier => $"{identifier.Scheme}:{identifier.Value}").ShouldBe(["isbn:9780441478125", "lccn:76005453", "openlibrary:OL7353617M", "openlibrary:OL59798W", "goodreads:18423"]);
    }

    [Fact]
    public async Task An_edition_keeps_what_it_has_itself()
    {
        var whole = """{"title":"Own","subtitle":"title","authors":[{"key":"/authors/OL1A"},"/authors/OL2A",{"author":"/authors/OL3A"},{"author":{"key":"/authors/OL1A"}}],"description":{"value":"x"},"subjects":["y"],"works":[{"key":"/works/OL59798W"}]}""";
        var items = await Read(Line("edition", "/books/OL1M", whole), Line("work", "/works/OL59798W", Work));
        items[0].Edition!.NeedsWork.ShouldBeFalse();
        foreach (var work in new[] { items[1].Work, null })
        {
            var book = items[0].Edition!.Join(work).Book.ShouldNotBeNull();
            (book.Title, book.Description).ShouldBe(("Own : title", "x"));
            book.Contributors.Select(contributor => contributor.AuthorKey).ShouldBe(["OL1A", "OL2A", "OL3A"]);
        }
    }

    [Fact]
    public async Task An_edition_without_any_title_is_refused()
    {
        var edition = (await Read(Line("edition", "/books/OL1M", "{}"))).ShouldHaveSingleItem().Edition.ShouldNotBeNull();
        edition.Join(null).Refusal.ShouldNotBeNull().Field.ShouldBe("title");
    }

    [Theory]
    [InlineData("c. 1564", "1564~")]
    [InlineData("4th cent. B.C.", "-03XX")]
    [InlineData("21 October 1929", "1929-10-21")]
    [InlineData("late 18th century", null)]
    public async Task Dates_in_words_are_taken_where_unambiguous(string words, string? edtf)
    {
        var author = (await Read(Line("author", "/authors/OL1A", JsonSerializer.Serialize(new { name = "X", birth_date = words })))).ShouldHaveSingleItem().Author.ShouldNotBeNull();
        (author.BirthDate?.Text).ShouldBe(edtf);
    }

    [Fact]
    public async Task Other_types_are_counted_and_bad_lines_refused_alone()
    {
        var unmapped = new UnmappedTags();
        var items = await Read(unmapped, Line("redirect", "/authors/OL9A", "{}"), "", "not a line", Line("author", "/authors/OL1A", "{"), Line("author", "/authors/OL1A", "{}"), Line("author", "/authors/x", "{}"),
            Line("author", "/authors/OL1A", "[]"), Line("author", "/authors/OL1A", """{"name":"\ud800"}"""), Line("author", "/authors/OL1A", """{"name":"Right"}""").TrimEnd());
        items.Select(item => item.Number).ShouldBe([3, 4, 5, 6, 7, 8, 9]);
        items.Select(item => item.Refusal is null).ShouldBe([false, false, false, false, false, false, true]);
        items[0].Refusal!.Record.ShouldBe("not a line");
        unmapped.ToDictionary().ShouldBe(new Dictionary<string, long> { ["/type/redirect"] = 1 });
    }

    [Fact]
    public async Task What_is_no_dump_is_said_to_be_none() => await Should.ThrowAsync<UnreadableFileException>(() => Read("""{"type":"book"}"""));

    private static string Line(string type, string key, string json) => $"/type/{type}\t{key}\t3\t2024-01-01T00:00:00.000000\t{json}";

    private static Task<List<OpenLibraryItem>> Read(params IReadOnlyList<string> lines) => Read(new UnmappedTags(), lines);

    private static async Task<List<OpenLibraryItem>> Read(UnmappedTags unmapped, params IReadOnlyList<string> lines)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        return await OpenLibraryReader.ReadAsync(stream, Mapped.Today, unmapped).ToListAsync();
    }
}
