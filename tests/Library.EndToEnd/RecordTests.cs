using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Library.Testing;
using Library.Testing.Hosts;

namespace Library.EndToEnd;

/// <summary>Records as real catalogs have them, on every way in and out.</summary>
public sealed class RecordTests(TestServers servers)
{
    /// <summary>Escapes what is not ASCII: the longest form of a text.</summary>
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    [Fact]
    public async Task Every_field_comes_back_in_its_one_form_by_every_way_out()
    {
        await using var service = await LibraryService.CreateAsync(servers);
        var (api, _) = await service.StartAsync();
        var author = (await api.PostAsync("/v1/authors", new
        {
            name = "Ursula K. Le Guin",
            sortName = "Le Guin, Ursula K.",
            kind = "person",
            alternateNames = new[] { "Урсула Ле Гуин" },
            birthDate = "1929-10-21",
            deathDate = "2018",
            identifiers = new[] { new { scheme = "isni", value = "0000 0001 2146 438X" }, new { scheme = "local", value = "a; b" } },
        }, Requests.Wait)).Is(HttpStatusCode.Created).Id;
        var created = (await api.PostAsync("/v1/books", new
        {
            title = "The Left Hand of Darkness",
            alternateTitles = new[] { "Die linke Hand der Dunkelheit" },
            publishDate = "1969~/..",
            publisher = "Ace",
            languages = new[] { "en", "ger", "eng" },
            subjects = new[] { "Science fiction; American", "[Gender]" },
            identifiers = new[] { new { scheme = "isbn", value = "0-441-47812-3" } },
            contributors = new object[] { new { authorId = author, role = "win" }, new { authorId = author } },
        }, Requests.Wait)).Is(HttpStatusCode.Created);
        const string state = """
            "title":"The Left Hand of Darkness","alternateTitles":["Die linke Hand der Dunkelheit"],"publishDate":"1969~/..","publisher":"Ace","languages":["eng","deu"],"subjects":["Science fiction; American","[Gender]"],"identifiers":[{"scheme":"isbn","value":"9780441478125"}]
            """;
        var book = created.Id;
        var contributors = $$"""
            "contributors":[{"authorId":"{{author}}","role":"win"},{"authorId":"{{author}}","role":"aut"}]
            """;
        var expected = $$"""{"id":"{{book}}",{{state}},{{contributors}},"authorIds":["{{author}}"],"version":1}""";

        created.Body.GetRawText().ShouldBe(expected);
        (await api.Http.GetStringAsync(new Uri($"/v1/books/{book}", UriKind.Relative))).ShouldBe(expected);
        (await api.Http.GetStringAsync(new Uri("/v1/books?isbn=0441478123", UriKind.Relative))).ShouldBe($$"""{"items":[{{expected}}]}""");
        JsonNode.DeepEquals(
            JsonNode.Parse((await api.GetAsync("/v1/events?after=0")).Body.GetProperty("items")[1].GetProperty("data").GetProperty("book").GetRawText()),
            JsonNode.Parse(expected.Replace(",\"version\":1", "", StringComparison.Ordinal))).ShouldBeTrue();
        (await api.PutAsync($"/v1/books/{book}", JsonNode.Parse($$"""{ {{state}}, {{contributors}} }""")!, Requests.Wait)).Is(HttpStatusCode.OK).Header("ETag").ShouldBe("\"1\"");
        (await api.PatchAsync($"/v1/books/{book}", new { authorIds = new[] { author } }, Requests.Wait)).Is(HttpStatusCode.OK).Body.GetProperty("contributors").GetRawText()
            .ShouldBe($$"""[{"authorId":"{{author}}","role":"aut"}]""");
        (await api.GetAsync($"/v1/books/{book}/history")).Body.GetProperty("items")[1].GetProperty("changes").EnumerateObject().Select(change => change.Name)
            .ShouldBe(["contributors"]);
        (await api.GetAsync($"/v1/authors/{author}/books?role=win")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await Audit.RunAsync(api)).Findings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ndjson", "application/x-ndjson")]
    [InlineData("csv", "text/csv")]
    public async Task An_export_makes_the_same_catalog_again(string format, string mediaType)
    {
        await using var service = await LibraryService.CreateAsync(servers);
        await using var copy = await LibraryService.CreateAsync(servers);
        var (api, _) = await service.StartAsync();
        var (copied, _) = await copy.StartAsync();
        const string file = """
            {"type":"author","key":"a","name":"Ann, \"A\"","kind":"family","alternateNames":["B; C","[D]"],"birthDate":"-0043~","identifiers":[{"scheme":"local","value":"1;2"},{"scheme":"viaf","value":"7"}]}
            {"type":"author","key":"t","name":"Tom"}
            {"type":"book","key":"1","title":"One","publishDate":"196X/..","languages":["de","fre"],"subjects":["x","y"],"contributors":[{"authorKey":"a"},{"authorKey":"t","role":"trl"}]}
            {"type":"book","key":"2","title":"Two","alternateTitles":["II","2"],"publisher":"P","identifiers":[{"scheme":"isbn","value":"0306406152"}],"contributors":[]}
            {"type":"book","key":"3","title":"Three","authorKeys":["t","a"]}

            """;
        (await api.EndOfImportAsync(await api.ImportAsync(file))).ShouldBe("succeeded 5/0/0");
        var exported = await api.ExportAsync($"?format={format}");
        (await api.EndOfImportAsync(await api.ImportAsync(file))).ShouldBe("succeeded 0/5/0");
        (await api.EndOfImportAsync(await api.ImportAsync(exported, type: mediaType))).ShouldBe("succeeded 0/5/0");

        (await copied.EndOfImportAsync(await copied.ImportAsync(exported, type: mediaType))).ShouldBe("succeeded 5/0/0");
        (await copied.ExportAsync($"?format={format}")).ShouldBe(exported);
        (await copied.ExportAsync()).ShouldBe(await api.ExportAsync());
        (await Audit.RunAsync(copied)).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Cascade_restore_and_undo_keep_roles_and_order()
    {
        await using var service = await LibraryService.CreateAsync(servers);
        var (api, _) = await service.StartAsync();
        var (ann, tom) = (await api.CreateAuthorAsync("Ann"), await api.CreateAuthorAsync("Tom"));
        object Of(Guid author, string role) => new { authorId = author, role };
        async Task<Guid> BookAsync(params object[] contributors) => (await api.PostAsync("/v1/books", new { title = "T", contributors }, Requests.Wait)).Is(HttpStatusCode.Created).Id;
        var shared = await BookAsync(Of(tom, "trl"), Of(ann, "aut"), Of(tom, "win"));
        var alone = await BookAsync(Of(tom, "edt"));
        var anonymous = await BookAsync();
        var (sharedBefore, aloneBefore) = (await ContributorsAsync(shared), await ContributorsAsync(alone));

        (await api.DeleteAsync($"/v1/authors/{tom}", Requests.Wait)).Is(HttpStatusCode.NoContent);
        await Eventually.HoldsAsync(async () => (await api.GetAsync($"/v1/books/{alone}")).Status == HttpStatusCode.NotFound, "the book of nobody else is gone");
        await Eventually.HoldsAsync(async () => await ContributorsAsync(shared) == $$"""[{"authorId":"{{ann}}","role":"aut"}]""", "both of his roles are off");
        (await api.GetAsync($"/v1/books/{anonymous}")).Is(HttpStatusCode.OK);

        (await api.PostAsync($"/v1/authors/{tom}/restore", headers: Requests.Wait)).Is(HttpStatusCode.OK);
        await Eventually.HoldsAsync(async () => await ContributorsAsync(shared) == sharedBefore && await ContributorsAsync(alone) == aloneBefore, "roles and order are back");

        (await api.DeleteAsync($"/v1/books/{anonymous}", Requests.Wait)).Is(HttpStatusCode.NoContent);
        (await api.PostAsync($"/v1/books/{anonymous}/restore", headers: Requests.Wait)).Is(HttpStatusCode.OK).Body.GetProperty("contributors").GetRawText().ShouldBe("[]");

        var import = await api.ImportAsync($$"""{"type":"book","id":"{{shared}}","title":"T","contributors":[]}""");
        (await api.EndOfImportAsync(import)).ShouldBe("succeeded 1/0/0");
        (await ContributorsAsync(shared)).ShouldBe("[]");
        (await api.PostAsync($"/v1/imports/{import.Id}/undo")).Is(HttpStatusCode.OK);
        await Eventually.HoldsAsync(async () => await ContributorsAsync(shared) == sharedBefore, "the import is undone");
        (await Audit.RunAsync(api)).Findings.ShouldBeEmpty();

        async Task<string> ContributorsAsync(Guid book) =>
            (await api.GetAsync($"/v1/books/{book}")).Body.TryGetProperty("contributors", out var contributors) ? contributors.GetRawText() : "not there";
    }

    /// <summary>A text may be so large that its words would outgrow what Postgres takes: it is served whole, and searched as far as it goes.</summary>
    [Theory]
    [InlineData("abcdefg ")]
    [InlineData("書")]
    [InlineData("𠀀")]
    [InlineData("ไ")]
    [InlineData("한")]
    [InlineData("\uFDFA")]
    [InlineData("é́ ")]
    [InlineData("😀")]
    public async Task The_largest_author_and_book_of_any_script_go_in_by_every_way(string text)
    {
        await using var service = await LibraryService.CreateAsync(servers);
        var (api, _) = await service.StartAsync();
        var author = JsonSerializer.SerializeToNode(new
        {
            type = "author",
            key = "a",
            name = Varied(text, 500, 0),
            sortName = Varied(text, 500, 1),
            alternateNames = Enumerable.Range(2, 100).Select(i => Varied(text, 500, i)),
            bio = Varied(text, 10_000, 200),
            identifiers = Enumerable.Range(0, 100).Select(i => new { scheme = "s" + i, value = Varied(text, 200, i) }),
        }, Json)!.AsObject();
        var book = JsonSerializer.SerializeToNode(new
        {
            type = "book",
            key = "b",
            title = Varied(text, 2_000, 0),
            alternateTitles = Enumerable.Range(1, 20).Select(i => Varied(text, 2_000, i)),
            description = Varied(text, 20_000, 30),
            publisher = Varied(text, 500, 31),
            subjects = Enumerable.Range(40, 200).Select(i => Varied(text, 500, i)),
            authorKeys = new[] { "a" },
        }, Json)!.AsObject();
        (await api.EndOfImportAsync(await api.ImportAsync(author.ToJsonString(Json) + "\n" + book.ToJsonString(Json)))).ShouldBe("succeeded 2/0/0");
        var authorId = (await api.GetAsync("/v1/authors")).Body.GetProperty("items")[0].GetProperty("id").GetGuid();

        foreach (var name in (string[])["type", "key", "authorKeys"]) _ = author.Remove(name) | book.Remove(name);
        book["authorIds"] = new JsonArray(authorId);
        (await api.PostAsync("/v1/authors", author, Requests.Wait)).Is(HttpStatusCode.Created);
        var created = (await api.PostAsync("/v1/books", book, Requests.Wait)).Is(HttpStatusCode.Created);
        created.Body.GetProperty("description").GetString().ShouldBe((string?)book["description"]);
        (await api.CreateAuthorAsync("Next in the queue")).ShouldNotBe(Guid.Empty);
    }

    /// <summary>So many code points, the words of which differ from those of other numbers.</summary>
    private static string Varied(string text, int codePoints, int number)
    {
        var runes = text.EnumerateRunes().ToArray();
        // Neighbours in the same script: pairs that are seldom the same.
        var random = new Random(number);
        return string.Concat(Enumerable.Range(0, codePoints).Select(i =>
            runes[i % runes.Length] is { Value: > 0x3000 and not 0xFDFA } rune && !System.Text.Rune.IsWhiteSpace(rune) ? new System.Text.Rune(rune.Value + random.Next(rune.Value > 0xFFFF ? 1_000 : 500)) : runes[i % runes.Length]));
    }
}
