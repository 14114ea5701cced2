extern alias worker;

using Library.Hosting.Search;
using Library.Hosting.Tests.Search;
using worker::Library.Worker.Infrastructure.Storage;

namespace Library.Queries.Tests;

/// <summary>Vectors and queries as Postgres takes them.</summary>
public sealed class SearchPairTests(QueryApi api) : IClassFixture<QueryApi>
{
    [Fact]
    public async Task Postgres_finds_what_a_query_must_find_and_no_more()
    {
        await api.ExecuteAsync("create table pairs (pair integer, search tsvector)");
        await CopyAsync(SearchPairs.All.Select(pair => pair.Text));
        for (var i = 0; i < SearchPairs.All.Length; i++)
        {
            var (text, query, found) = SearchPairs.All[i];
            var words = SearchQuery.Parse(query)!.ToString();
            (await AskAsync("select (select search @@ $2::tsquery from pairs where pair = $1)", i, words)).ShouldBe(found, $"{words} in {text}");
            (await AskAsync("select (select search = $2::tsvector and search::text = $2::tsvector::text from pairs where pair = $1)", i, VectorOf(text).ToText())).ShouldBeTrue(text);
        }

        await api.ExecuteAsync("drop table pairs");
    }

    /// <summary>What makes the most of the longest text; Postgres tells by itself if it is too much.</summary>
    [Fact]
    public async Task Postgres_takes_both_forms_of_the_largest_vector()
    {
        await api.ExecuteAsync("create table pairs (pair integer, search tsvector)");
        string[] texts =
        [
            string.Concat(Enumerable.Range(0x20000, 20_000).Select(char.ConvertFromUtf32)),
            string.Concat(Enumerable.Repeat("\uFDFA", 40_000)),
            string.Join(' ', Enumerable.Range(0, 8_000).Select(i => i.ToString("x", null) + "é")),
            string.Concat(Enumerable.Repeat("a.b-c/", 7_000)),
            new('x', 40_000),
        ];
        await CopyAsync(texts);
        for (var i = 0; i < texts.Length; i++)
            (await AskAsync("select (select search = $2::tsvector from pairs where pair = $1)", i, VectorOf(texts[i]).ToText())).ShouldBeTrue();
        await api.ExecuteAsync("create index on pairs using gin (search)");
        await api.ExecuteAsync("drop table pairs");
    }

    [Fact]
    public async Task What_is_called_so_comes_before_what_only_contains_it()
    {
        await api.ExecuteAsync("truncate books cascade");
        foreach (var title in (string[])["C++ Primer", "C# in Depth", "The C Programming Language"]) await api.AddBookAsync(title);
        var found = await api.FieldAsync("/v1/books?fields=title&q=c", "title");
        found.Count.ShouldBe(3);
        found[0].ShouldBe("The C Programming Language");
    }

    private async Task CopyAsync(IEnumerable<string> texts)
    {
        var rows = new CopyRows("pairs (pair, search)");
        foreach (var (i, text) in texts.Index())
        {
            rows.StartRow(2);
            rows.Add(i);
            rows.Add(VectorOf(text).ToBinary());
        }

        await using var connection = await api.Postgres.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await CatalogCopySql.CopyAsync(connection, rows, TestContext.Current.CancellationToken);
    }

    private static SearchVector VectorOf(string text)
    {
        var vector = new SearchVector();
        vector.Start(text);
        vector.Add(text);
        return vector;
    }

    private async Task<bool> AskAsync(string sql, int pair, string value)
    {
        await using var command = api.Postgres.CreateCommand(sql);
        command.Parameters.Add(new() { Value = pair });
        command.Parameters.Add(new() { Value = value });
        return (bool)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
