using Library.Api.Infrastructure.Caching;
using Library.Contracts;
using Library.Contracts.Values;

namespace Library.Queries.Tests;

/// <summary>Filters and order by what the worker puts beside a state: dates of unknown ends, identifiers, languages, subjects, roles.</summary>
public sealed class FilterTests(QueryApi api) : IClassFixture<QueryApi>, IAsyncLifetime
{
    private Guid _ann;

    public async ValueTask InitializeAsync()
    {
        await api.ExecuteAsync("truncate authors, books cascade");
        api.Service<ReadCache>().Clear();
        _ann = await api.AddAuthorAsync("Ann");
        await AddAsync("A", published: "1967");
        await AddAsync("B", published: "196X");
        await AddAsync("C", published: "1967-05-30");
        await AddAsync("D", published: "1967-21");
        await AddAsync("E", published: "../1950");
        await AddAsync("F");
        await AddAsync("G", published: "1999/..");
        await AddAsync("H", published: "-0043~");
        await AddAsync("I", published: "/1960");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("sort=publishDate", "HBADCGEIF")]
    [InlineData("sort=-publishDate", "GCDABHFIE")]
    [InlineData("sort=publishDate&publishedAfter=1966", "ADCG")]
    [InlineData("sort=publishDate&publishedAfter=1959", "BADCG")]
    [InlineData("sort=publishDate&publishedBefore=1968", "HADCEI")]
    [InlineData("sort=-publishDate&publishedBefore=1967-12", "CHIE")]
    [InlineData("publishedBefore=1951", "EH")]
    [InlineData("publishedAfter=1967", "G")]
    public async Task Dates_are_ordered_and_filtered_by_the_days_that_they_may_be(string query, string titles)
    {
        (await PagesAsync(query, 500)).ShouldBe(Expected(query, titles));
        (await PagesAsync(query, 1)).ShouldBe(Expected(query, titles), "page by page");
        (await PagesAsync(query, 2)).ShouldBe(Expected(query, titles), "two by two");
    }

    [Theory]
    [InlineData("isbn=0-306-40615-2", "T")]
    [InlineData("isbn=9780306406157", "T")]
    [InlineData("identifier=local:Ab c", "T")]
    [InlineData("identifier=local:ab c", "")]
    [InlineData("language=ger", "TU")]
    [InlineData("language=fra", "")]
    [InlineData("subject=EQUALITÉ", "T")]
    [InlineData("subject=equal", "")]
    [InlineData("language=de&subject=line break", "U")]
    [InlineData("q=9780306406157", "T")]
    [InlineData("q=equalité de", "T")]
    [InlineData("q=insel", "U")]
    public async Task Terms_are_found_as_a_whole(string query, string titles)
    {
        await AddAsync("T", identifiers: [("isbn", "9780306406157"), ("local", "Ab c")], languages: ["deu", "eng"], subjects: ["Équalité", "De"]);
        await AddAsync("U", languages: ["deu"], subjects: ["Line\nbreak"], publisher: "Insel");
        (await PagesAsync(query, 500)).ShouldBe(titles);
    }

    [Fact]
    public async Task The_books_of_an_author_are_told_by_role()
    {
        await AddAsync("X", contributors: [new() { AuthorId = _ann }]);
        await AddAsync("Y", contributors: [new() { AuthorId = _ann, Role = "trl" }, new() { AuthorId = _ann, Role = "ill" }]);
        await AddAsync("Z", contributors: [new() { AuthorId = _ann, Role = "trl" }, new() { AuthorId = _ann }]);
        (await PagesAsync("sort=title", 500, $"authors/{_ann}/books")).ShouldBe("XYZ");
        (await PagesAsync("sort=title&role=aut", 500, $"authors/{_ann}/books")).ShouldBe("XZ");
        (await PagesAsync("sort=title&role=trl", 1, $"authors/{_ann}/books")).ShouldBe("YZ");
        (await PagesAsync("role=edt", 500, $"authors/{_ann}/books")).ShouldBe("");
        var page = await api.PageAsync($"/v1/authors/{_ann}/books?include=authors&sort=-title&limit=1&fields=title");
        page["items"]![0]!.ToJsonString().ShouldBe($$"""{"title":"Z","authors":[{"id":"{{_ann}}","name":"Ann","role":"trl"},{"id":"{{_ann}}","name":"Ann","role":"aut"}]}""");
    }

    private static string Expected(string query, string titles) => query.Contains("sort", StringComparison.Ordinal) ? titles : string.Concat(titles.Order());

    private async Task<string> PagesAsync(string query, int limit, string path = "books")
    {
        var titles = "";
        for (var next = ""; ;)
        {
            var page = await api.PageAsync($"/v1/{path}?{query}&limit={limit}{next}");
            titles += string.Concat(page["items"]!.AsArray().Select(item => (string?)item!["title"]));
            if (page["next"] is null) return query.Contains("sort", StringComparison.Ordinal) ? titles : string.Concat(titles.Order());
            next = "&after=" + (string?)page["next"];
        }
    }

    private async Task AddAsync(
        string title, string? published = null, (string Scheme, string Value)[]? identifiers = null, string[]? languages = null, string[]? subjects = null,
        string? publisher = null, Contributor[]? contributors = null)
    {
        var book = new BookState
        {
            Id = await api.AddBookAsync(title),
            Title = title,
            PublishDate = published,
            Identifiers = identifiers?.Select(one => new Identifier { Scheme = one.Scheme, Value = one.Value }).ToArray(),
            Languages = languages,
            Subjects = subjects,
            Publisher = publisher,
            Contributors = contributors ?? [],
        };
        await api.PutAsync(book);
    }
}
