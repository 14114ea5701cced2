using Library.Api.Features.Authors;
using Library.Api.Features.Books;
using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Lists;
using Library.Contracts.Values;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Library.Api.Tests.Infrastructure.Lists;

public class ListQueryParserTests
{
    private readonly Cursors _cursors = CursorsTests.WithSecret('s');

    [Fact]
    public void Nothing_asked_for_is_fifty_by_id_with_every_field()
    {
        var query = Parse(BookLists.All, "");
        (query.Limit, query.Sort!.Name, query.Descending, query.Words, query.Count, query.After).ShouldBe((50, "id", false, null, TotalCount.None, null));
        query.Fields.ShouldBeNull();
        BookLists.All.Resource.Fields.ShouldBe(["id", "title", "alternateTitles", "description", "publishDate", "publisher", "languages", "subjects", "identifiers", "contributors", "authorIds", "version"]);
    }

    [Fact]
    public void A_search_has_so_many_words_and_prefixes_at_most()
    {
        Parse(BookLists.All, "?q=" + string.Join('+', Enumerable.Repeat("word", 20))).Words.ShouldNotBeNull();
        Parse(BookLists.All, "?q=a*+b*+c*+d*+e*").Words.ShouldNotBeNull();
        foreach (var words in (string[])[string.Join('+', Enumerable.Repeat("w", 21)), "a*+b*+c*+d*+e*+f*", string.Join('+', Enumerable.Repeat("a*", 160))])
            Should.Throw<RefusalException>(() => Parse(BookLists.All, "?q=" + words)).Problem.Errors!["q"].Single().ShouldContain("at most 20 words");
    }

    [Fact]
    public void All_that_is_asked_for_is_read()
    {
        var query = Parse(BookLists.All, "?limit=7&fields=title,id&sort=-publishDate&q= winter  tale &title=W&publishedAfter=1900-01-02&publishedBefore=200X&include=authors&count=estimated");
        (query.Limit, query.Sort!.Name, query.Descending, query.Words, query.Count).ShouldBe((7, "publishDate", true, "'winter' & 'tale'", TotalCount.Estimated));
        query.Fields.ShouldBe(["id", "title"]);
        query.Includes.Select(include => include.Name).ShouldBe(["authors"]);
        query.Filters.Select(filter => (filter.Filter.Parameter, filter.Value)).ShouldBe(
            [("title", "w"), ("publishedAfter", EdtfDate.Parse("1900-01-02")), ("publishedBefore", (object)EdtfDate.Parse("200X"))]);
    }

    [Theory]
    [InlineData("isbn=0-306-40615-2", "i:isbn:9780306406157")]
    [InlineData("identifier=isbn:0306406152", "i:isbn:9780306406157")]
    [InlineData("identifier=local:A:1", "i:local:A:1")]
    [InlineData("language=de", "l:deu")]
    [InlineData("subject=A%0Ab", "s:a b")]
    public void A_filter_by_term_takes_any_form(string text, string term) => Parse(BookLists.All, "?" + text).Filters.ShouldHaveSingleItem().Value.ShouldBe(term);

    [Theory]
    [InlineData("?isbn=9780306406158", "isbn", "check digit")]
    [InlineData("?language=german", "language", "639")]
    [InlineData("?subject=", "subject", "1 to 500")]
    public void A_wrong_term_is_told_of(string text, string parameter, string allowed) =>
        Errors(BookLists.All, text).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            error => error.Key.ShouldBe(parameter), error => error.Value.ShouldHaveSingleItem().ShouldContain(allowed));

    [Fact]
    public void Words_alone_are_ranked() => Parse(AuthorLists.All, "?q=x").Sort.ShouldBeNull();

    [Theory]
    [InlineData("?limit=501", "limit", "1 to 500")]
    [InlineData("?limit=-1", "limit", "1 to 500")]
    [InlineData("?fields=", "fields", "id, name, sortName, kind, alternateNames, bio, birthDate, deathDate, identifiers, version")]
    [InlineData("?fields=id,nmae", "fields", "id, name, sortName, kind, alternateNames, bio, birthDate, deathDate, identifiers, version")]
    [InlineData("?fields=id,", "fields", "separated by commas")]
    [InlineData("?fields=Name", "fields", "separated by commas")]
    [InlineData("?sort=title", "sort", "id, -id, name, -name, birthDate, -birthDate")]
    [InlineData("?sort=", "sort", "one of")]
    [InlineData("?sort=--name", "sort", "one of")]
    [InlineData("?sort=name,id", "sort", "one of")]
    [InlineData("?q=", "q", "word")]
    [InlineData("?q=%20!%20", "q", "word")]
    [InlineData("?q=%CC%81*", "q", "word")]
    [InlineData("?name=%C2%AD", "name", "more than an accent")]
    [InlineData("?q=a%00", "q", "NUL")]
    [InlineData("?name=", "name", "1 to 500")]
    [InlineData("?name=%00", "name", "NUL")]
    [InlineData("?bornAfter=", "bornAfter", "1 to 500")]
    [InlineData("?bornAfter=1999/2000", "bornAfter", "interval")]
    [InlineData("?bornBefore=1999-02-29", "bornBefore", "28 days")]
    [InlineData("?bornBefore=1999-02-02T00:00:00Z", "bornBefore", "date")]
    [InlineData("?identifier=9780306406157", "identifier", "isbn:9780306406157")]
    [InlineData("?identifier=isbn:9780306406158", "identifier", "check digit")]
    [InlineData("?count=yes", "count", "exact or estimated")]
    [InlineData("?after=x", "after", "cursor")]
    public void What_cannot_be_read_names_the_parameter_and_what_it_may_be(string text, string parameter, string allowed) =>
        Errors(AuthorLists.All, text).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            error => error.Key.ShouldBe(parameter), error => error.Value.ShouldHaveSingleItem().ShouldContain(allowed));

    [Theory]
    [InlineData("?include=")]
    [InlineData("?include=publisher")]
    public void Only_what_is_there_can_be_included(string text) => Errors(BookLists.All, text)["include"].ShouldBe(["It must be authors."]);

    [Fact]
    public void Everything_wrong_is_told_at_once() => Errors(AuthorLists.All, "?limit=0&sort=x&count=y&after=z").Keys.ShouldBe(["limit", "sort", "count"], ignoreOrder: true);

    [Theory]
    [InlineData("?sort=title", "?sort=title&limit=3", true)]
    [InlineData("?sort=title", "?sort=title&fields=id&include=authors&count=exact", true)]
    [InlineData("?sort=title", "?sort=-title", false)]
    [InlineData("?sort=title", "", false)]
    [InlineData("?q=a", "?q=b", false)]
    [InlineData("?q=a", "?q=a&sort=id", false)]
    [InlineData("?q=Cafe+a", "?q=CAF%C3%89++a", true)]
    [InlineData("?title=a", "?title=A", true)]
    [InlineData("?title=a", "?title=b", false)]
    [InlineData("?title=a%26publishedAfter%3D2000-01-01", "?title=a&publishedAfter=2000-01-01", false)]
    [InlineData("?publishedAfter=2000-01-01", "?publishedBefore=2000-01-01", false)]
    public void A_cursor_goes_with_its_order_and_filters_only(string written, string read, bool good)
    {
        var cursor = _cursors.Write(Parse(BookLists.All, written).Identity, new PageKey("a", Guid.CreateVersion7()));
        var text = QueryHelpers.AddQueryString(read.Length == 0 ? "?" : read, "after", cursor);
        if (good) Parse(BookLists.All, text).After.ShouldNotBeNull();
        else Errors(BookLists.All, text).Keys.ShouldBe(["after"]);
    }

    [Fact]
    public void A_cursor_goes_with_its_parent_only()
    {
        var (one, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var cursor = _cursors.Write(Parse(BookLists.OfAuthor, "", one).Identity, new PageKey(null, one));
        Parse(BookLists.OfAuthor, "?after=" + cursor, one).After.ShouldNotBeNull();
        Should.Throw<RefusalException>(() => Parse(BookLists.OfAuthor, "?after=" + cursor, other));
    }

    private ListQuery Parse(ListType list, string text, Guid? parent = null) =>
        ListQueryParser.Parse(list, parent, new QueryCollection(QueryHelpers.ParseQuery(text)), _cursors);

    private IReadOnlyDictionary<string, string[]> Errors(ListType list, string text) =>
        Should.Throw<RefusalException>(() => Parse(list, text)).Problem.Errors.ShouldNotBeNull();
}
