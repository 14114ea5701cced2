using System.Globalization;
using System.Text.Json.Nodes;

namespace Library.Queries.Tests;

/// <summary>Whatever comes and goes meanwhile, paging shows each row that stays exactly once, in order.</summary>
public sealed class PagingTests(QueryApi api) : IClassFixture<QueryApi>, IAsyncLifetime
{
    private const int Rows = 150;
    private static readonly string[] Words = ["Ada", "ada", "Äda", "Bo", "bö", "Zoë", "猫", "Ωmega"];

    private readonly Random _random = new(7);
    private readonly List<Row> _rows = [];
    private Guid _prolific;
    private Guid _crowded;

    private sealed record Row(Guid Id, string Name, string? Text, DateOnly? Day);

    public static TheoryData<string, string, string> Queries()
    {
        var queries = new TheoryData<string, string, string>();
        (string List, string Name, string Date, string After, string Before)[] lists =
        [
            ("authors", "name", "birthDate", "bornAfter", "bornBefore"),
            ("books", "title", "publishDate", "publishedAfter", "publishedBefore"),
            ("authors/{prolific}/books", "title", "publishDate", "publishedAfter", "publishedBefore"),
            ("books/{crowded}/authors", "name", "birthDate", "bornAfter", "bornBefore"),
        ];
        foreach (var (list, name, date, after, before) in lists)
        {
            string[] filters = ["", $"&{name}=a", $"&{after}=1950-06-01", $"&{before}=1950-06-01", $"&{after}=1900-01-01&{before}=1990-01-01&{name}=Ad", "&q=common", $"&q=common&{name}=b"];
            foreach (var filter in filters)
                foreach (var sort in (string[])["", "id", "-id", name, "-" + name, date, "-" + date]) queries.Add(list, sort, filter);
        }

        return queries;
    }

    public async ValueTask InitializeAsync()
    {
        await api.ExecuteAsync("truncate authors, books cascade");
        _prolific = await api.AddAuthorAsync("Prolific");
        _crowded = await api.AddBookAsync("Crowded");
        _rows.AddRange(Enumerable.Range(0, Rows).Select(NewRow));
        await AddAsync(_rows);
        await api.ExecuteAsync("analyze authors");
        await api.ExecuteAsync("analyze books");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task Every_row_that_stays_is_shown_once_and_in_order(string list, string sort, string filter)
    {
        var path = $"/v1/{list.Replace("{prolific}", _prolific.ToString()).Replace("{crowded}", _crowded.ToString())}?limit=11{(sort.Length > 0 ? "&sort=" + sort : "")}{filter}";
        var shown = new List<JsonObject>();
        var passing = new List<Guid>();
        for (string? next = path; next is not null;)
        {
            var page = await api.PageAsync(next);
            shown.AddRange(page["items"]!.AsArray().Select(item => item!.AsObject()));
            page["items"]!.AsArray().Count.ShouldBeLessThanOrEqualTo(11);
            next = (string?)page["next"] is { } cursor ? $"{path}&after={cursor}" : null;
            // Some come, and some of those go, before and behind the place.
            Row[] coming = [NewRow(_random.Next(Rows)), NewRow(_random.Next(Rows))];
            await AddAsync(coming);
            passing.AddRange(coming.Select(row => row.Id));
            if (_random.Next(2) == 0) await RemoveAsync(passing[_random.Next(passing.Count)]);
        }

        var ids = shown.Select(item => (Guid)item["id"]!).ToList();
        ids.ShouldBeUnique();
        var expected = _rows.Where(row => Matches(row, filter)).ToList();
        expected.ShouldNotBeEmpty();
        ids.Where(id => _rows.Any(row => row.Id == id)).ShouldBe(expected.Select(row => row.Id), ignoreOrder: true);
        foreach (var (before, after) in shown.Zip(shown.Skip(1))) InOrder(sort, before, after).ShouldBeTrue($"{before["id"]} {before["name"] ?? before["title"]} stands before {after["name"] ?? after["title"]}");
    }

    [Fact]
    public async Task Ranked_hits_past_a_block_come_all_as_well()
    {
        await api.ExecuteAsync("""
            insert into given_books (id, title, description, version, position)
            select gen_random_uuid(), case when i % 3 = 0 then 'Manifold' else 'Other' end, repeat('manifold ', i % 5 + 1), 1, 1 from generate_series(1, 2500) i
            """);
        var ids = new List<string>();
        for (string? next = "/v1/books?q=manifold&fields=id&limit=400"; next is not null;)
        {
            var page = await api.PageAsync(next);
            ids.AddRange(page["items"]!.AsArray().Select(item => (string)item!["id"]!));
            next = (string?)page["next"] is { } cursor ? $"/v1/books?q=manifold&fields=id&limit=400&after={cursor}" : null;
        }

        ids.Count.ShouldBe(2500);
        ids.ShouldBeUnique();
        var first = await api.FieldAsync("/v1/books?q=manifold&limit=300", "title");
        first.ShouldAllBe(title => title == "Manifold");
    }

    private static Row NewRow(int seed) => new(
        Guid.CreateVersion7(),
        $"{Words[seed % Words.Length]} {seed % 40 / 8}",
        seed % 4 == 0 ? null : "something common " + seed,
        seed % 5 == 0 ? null : new DateOnly(1900, 1, 1).AddDays(seed % 60 * 500));

    /// <summary>An author and a book of each, linked so that all four lists show the one or the other. Only the writer keeps ids one space.</summary>
    private Task AddAsync(params IReadOnlyList<Row> rows) => api.ExecuteAsync(
        """
        with rows as (select * from unnest($1, $2, $3, $4) as r (id, name, text, day)),
        new_authors as (insert into given_authors (id, name, bio, birth_date, version, position) select id, name, text, day, 1, 1 from rows),
        new_books as (insert into given_books (id, title, description, publish_date, version, position) select id, name, text, day, 1, 1 from rows)
        insert into book_authors (book_id, author_id, ordinal, since) select id, $5, 0, 1 from rows union all select $6, id, 0, 1 from rows
        """,
        rows.Select(row => row.Id).ToArray(), rows.Select(row => row.Name).ToArray(), rows.Select(row => row.Text).ToArray(), rows.Select(row => row.Day).ToArray(), _prolific, _crowded);

    private async Task RemoveAsync(Guid id)
    {
        await api.ExecuteAsync("with gone as (delete from books where id = $1) delete from authors where id = $1", id);
    }

    private static bool Matches(Row row, string filter) => filter.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=')).All(part => part[0] switch
    {
        "name" or "title" => Folded(row.Name).StartsWith(Folded(part[1]), StringComparison.Ordinal),
        "bornAfter" or "publishedAfter" => row.Day > Day(part[1]),
        "bornBefore" or "publishedBefore" => row.Day < Day(part[1]),
        _ => row.Text is not null,
    });

    private static bool InOrder(string sort, JsonObject before, JsonObject after)
    {
        var (first, second) = sort.StartsWith('-') ? (after, before) : (before, after);
        return sort.TrimStart('-') switch
        {
            "id" => string.CompareOrdinal((string)first["id"]!, (string)second["id"]!) < 0,
            "name" or "title" => string.CompareOrdinal(Folded((string)first[sort.TrimStart('-')]!), Folded((string)second[sort.TrimStart('-')]!)) <= 0,
            // Unknown last, in either direction.
            "birthDate" or "publishDate" => after[sort.TrimStart('-')] is null || (before[sort.TrimStart('-')] is not null
                && string.CompareOrdinal((string)first[sort.TrimStart('-')]!, (string)second[sort.TrimStart('-')]!) <= 0),
            _ => true,
        };
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Enough for the words of this test.</summary>
    private static string Folded(string text) => text.ToLowerInvariant().Replace('ä', 'a').Replace('ö', 'o').Replace('ë', 'e');
}
