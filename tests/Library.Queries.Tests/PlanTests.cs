using System.Text.Json;
using Library.Api.Features.Authors;
using Library.Api.Features.Books;
using Library.Api.Infrastructure.Lists;
using Library.Api.Infrastructure.Reading;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Npgsql;

namespace Library.Queries.Tests;

/// <summary>Every documented sort and filter is read by an index: never is a large table read from end to end, and a page deep down is begun by its key.</summary>
public sealed class PlanTests(PlanTests.LargeCatalog catalog) : IClassFixture<PlanTests.LargeCatalog>
{
    private static readonly ListType[] Lists = [AuthorLists.All, BookLists.All, BookLists.OfAuthor, BookLists.AuthorsOfBook];

    public static TheoryData<string, string> Queries()
    {
        var queries = new TheoryData<string, string>();
        foreach (var list in Lists)
        {
            var (name, date) = (list.Sorts[0].Name, list.Sorts[1].Name);
            var (after, before) = (list.Filters[1].Parameter, list.Filters[2].Parameter);
            string[] filters = ["", $"&{name}=name 12", $"&{after}=2000-01-01", $"&{before}=1910-01-01", $"&{after}=1950-01-01&{before}=1950-03-01", "&q=rare", "&q=common", "&q=rar*", $"&q=rare&{name}=name 1&{after}=1950-01-01", "&count=estimated"];
            foreach (var filter in filters)
                foreach (var sort in (string[])["", "&sort=id", "&sort=-id", $"&sort={name}", $"&sort=-{name}", $"&sort={date}", $"&sort=-{date}"]) queries.Add(list.Name, $"?limit=50{sort}{filter}");
        }

        return queries;
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task No_page_reads_a_large_table_from_end_to_end(string list, string text)
    {
        var type = Lists.Single(type => type.Name == list);
        var query = Parse(type, text);
        await ShouldUseIndexesAsync(query);
        if (query.Sort is { } sort)
        {
            await ShouldUseIndexesAsync(query with { After = new PageKey(Middle(sort), catalog.Middle) });
            if (sort.Kind == SortKind.Date) await ShouldUseIndexesAsync(query with { After = new PageKey(null, catalog.Middle) });
        }
    }

    [Theory]
    [InlineData("?sort=id")]
    [InlineData("?sort=-id")]
    [InlineData("?sort=title")]
    [InlineData("?sort=-title")]
    [InlineData("?sort=publishDate")]
    [InlineData("?sort=-publishDate")]
    [InlineData("?title=name 12")]
    public async Task A_page_in_the_middle_touches_no_more_than_the_first(string text)
    {
        var query = Parse(BookLists.All, text);
        var first = await BuffersAsync(query);
        var middle = await BuffersAsync(query with { After = new PageKey(Middle(query.Sort!), catalog.Middle) });
        middle.ShouldBeLessThan((first * 2) + 20);
    }

    private ListQuery Parse(ListType list, string text) => ListQueryParser.Parse(
        list, list.Parent is null ? null : list.Parent.Name == "author" ? catalog.Prolific : catalog.Middle, new QueryCollection(QueryHelpers.ParseQuery(text)), catalog.Service<Cursors>());

    private static object? Middle(ListSort sort) => sort.Kind switch
    {
        SortKind.Text => "name 25",
        SortKind.Date => new DateKey(new DateOnly(1960, 1, 1).DayNumber, new DateOnly(1960, 1, 1).DayNumber * 32),
        _ => null,
    };

    private async Task ShouldUseIndexesAsync(ListQuery query)
    {
        foreach (var plan in await PlansAsync(query, "explain (format json) "))
        {
            var scans = Plan.Nodes(plan).Where(node => node.GetProperty("Node Type").GetString() == "Seq Scan").Select(node => node.GetProperty("Relation Name").GetString());
            scans.ShouldBeEmpty(plan.GetRawText());
        }
    }

    private async Task<long> BuffersAsync(ListQuery query) => (await PlansAsync(query, "explain (format json, analyze, buffers) "))
        .Sum(plan => plan.GetProperty("Shared Hit Blocks").GetInt64() + plan.GetProperty("Shared Read Blocks").GetInt64());

    [Theory]
    [InlineData(1_000, 1_000, true)]
    [InlineData(1_000, 50_000, true)]
    [InlineData(1_001, 50_000, false)]
    [InlineData(70_000, 5_000_000, true)]
    [InlineData(72_000, 5_000_000, false)]
    public void Matches_are_few_as_long_as_to_sort_them_costs_no_more_than_to_meet_enough(int matches, int rows, bool few) =>
        ListReader.AreFew(matches, rows).ShouldBe(few);

    [Fact]
    public async Task Few_matches_at_the_far_end_of_an_order_are_found_without_walking_there()
    {
        // All of them come behind everything else by title, and the planner can't know.
        await catalog.ExecuteAsync("""
            insert into given_books (id, title, description, version, position) select gen_random_uuid(), 'zzz ' || i, 'hidden treasure', 1, 1 from generate_series(1, 500) i
            """);
        await catalog.ExecuteAsync("vacuum analyze books");
        (await BuffersAsync(Parse(BookLists.All, "?q=treasure&sort=title"))).ShouldBeLessThan(2000);
        (await BuffersAsync(Parse(BookLists.All, "?q=treasure"))).ShouldBeLessThan(4000);
        await catalog.ExecuteAsync("delete from books where title_key like 'zzz %'");
    }

    /// <summary>By the connections that lists are read through, with the settings that they have.</summary>
    private async Task<List<JsonElement>> PlansAsync(ListQuery query, string explain)
    {
        var plans = new List<JsonElement>();
        var few = await catalog.Service<ListReader>().MatchFewAsync(query, TestContext.Current.CancellationToken);
        foreach (var statement in ListSql.Of(query, few).Where(statement => !statement.CommandText.StartsWith("explain", StringComparison.Ordinal)))
            plans.Add(await Plan.OfAsync(catalog.Service<NpgsqlDataSource>(ReadPool.Lists), explain, statement.CommandText, statement.Parameters.Select(parameter => parameter.Clone())));

        return plans;
    }

    /// <summary>50,000 authors and as many books; every tenth book is of one author.</summary>
    public sealed class LargeCatalog(Testing.TestServers servers) : IAsyncLifetime
    {
        private readonly QueryApi _api = new(servers);

        internal Guid Prolific { get; } = Guid.Parse("00000000-0000-0000-0000-000000000001");

        internal Guid Middle { get; } = Guid.Parse("00000000-0000-0000-0000-000000025000");

        internal T Service<T>(object? key = null)
            where T : notnull => _api.Service<T>(key);

        internal Task ExecuteAsync(string sql) => _api.ExecuteAsync(sql);

        public async ValueTask InitializeAsync()
        {
            await _api.InitializeAsync();
            const string Rows = """
                select lpad(i::text, 32, '0')::uuid, 'Name ' || (i * 7919) % 50000, 'some common words' || case when i % 5000 = 0 then ' rare' else '' end,
                  case when i % 10 > 0 then date '1900-01-01' + (i * 31) % 45000 end, 1, 1 from generate_series(1, 50000) i
                """;
            await _api.ExecuteAsync($"insert into given_authors (id, name, bio, birth_date, version, position) {Rows}");
            await _api.ExecuteAsync($"insert into given_books (id, title, description, publish_date, version, position) {Rows}");
            await _api.ExecuteAsync("""
                insert into book_authors (book_id, author_id, ordinal, since)
                select lpad(i::text, 32, '0')::uuid, lpad((case when i % 10 = 0 then 1 else i end)::text, 32, '0')::uuid, 0, 1 from generate_series(1, 50000) i
                """);
            foreach (var table in (string[])["authors", "books", "book_authors"]) await _api.ExecuteAsync($"vacuum analyze {table}");
        }

        public ValueTask DisposeAsync() => _api.DisposeAsync();
    }
}
