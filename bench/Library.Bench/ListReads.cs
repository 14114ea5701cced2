using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Library.Testing.Hosts;
using Npgsql;

namespace Library.Bench;

/// <summary>A read of the service, and the statement that somebody would write by hand for just that page.</summary>
/// <param name="Path">Of the service.</param>
/// <param name="Sql">For the twin.</param>
internal sealed record ListRead(string What, string Path, string Sql);

/// <summary>The reads that lists are measured by, with values that this very catalog has.</summary>
/// <param name="books">How many the catalog has.</param>
/// <param name="depth">How many rows lie before a page far down.</param>
internal sealed class ListReads(NpgsqlDataSource database, HostProcess api, int books, int depth)
{
    private const string Fields = "r.state, r.version";

    /// <summary>One more than a page shows tells whether there is a next one.</summary>
    private const int Limit = 51;

    private const int Sampled = 2_000;

    /// <summary>The first books' words, most frequent first: written as letters, or as pairs of Han.</summary>
    private static readonly string WordsSql = $"select word || ' ' || ndoc from ts_stat('select search from library.books order by id limit {Sampled}') where word ~ $1 order by ndoc desc, word";
    private const string Letters = "^[a-z]{4,}$";
    private const string Han = "^[一-鿿]{2}$";

    public async Task<IReadOnlyList<ListRead>> AllAsync()
    {
        var words = await WordsAsync(Letters);
        var rare = words[^1];
        var pair = (await WordsAsync(Han))[2];
        var prolific = (await ColumnAsync<Guid>("select author_id from book_authors group by author_id order by count(*) desc limit 1"))[0];
        var (after, last) = await DeepAsync("/v1/books?sort=title");
        var title = (await ColumnAsync<string>("select title_key from books where id = $1", last))[0];
        return
        [
            new("first page", "/v1/books", $"select {Fields} from books r order by r.id limit {Limit}"),
            new($"page at {depth:#,0} by title", after,
                $"select {Fields} from books r where (r.title_key, r.id) > ('{title.Replace("'", "''", StringComparison.Ordinal)}', '{last}') order by r.title_key, r.id limit {Limit}"),
            new("books of the most prolific author", $"/v1/authors/{prolific}/books",
                $"select {Fields} from book_authors l join books r on r.id = l.book_id where l.author_id = '{prolific}' order by l.book_id limit {Limit}"),
            Search("a common word", words[0]),
            Search("two words", ($"{words[4].Text} {words[9].Text}", words[4].Share * words[9].Share)),
            Search("a rare word", rare),
            Search("two Han characters", pair),
        ];
    }

    /// <summary>Walks as far as the depth, as a client would.</summary>
    /// <returns>The path of the page behind it, and the last book before it.</returns>
    public async Task<(string Path, Guid Last)> DeepAsync(string list)
    {
        const int Step = 500;
        var (next, last) = ("", default(Guid));
        for (var walked = 0; walked < depth; walked += Step)
        {
            var page = await api.Http.GetFromJsonAsync<JsonElement>(new Uri($"{list}&fields=id&limit={Step}{next}", UriKind.Relative));
            next = $"&after={page.GetProperty("next").GetString()}";
            last = page.GetProperty("items")[Step - 1].GetProperty("id").GetGuid();
        }

        return (list + next, last);
    }

    public async Task<IReadOnlyList<T>> ColumnAsync<T>(string sql, params object[] values)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 120;
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var rows = await command.ExecuteReaderAsync();
        var column = new List<T>();
        while (await rows.ReadAsync()) column.Add(rows.GetFieldValue<T>(0));
        return column;
    }

    private async Task<IReadOnlyList<(string Text, double Share)>> WordsAsync(string like) =>
        [.. (await ColumnAsync<string>(WordsSql, like)).Select(row => row.Split(' ')).Select(row => (row[0], int.Parse(row[1], CultureInfo.InvariantCulture) / (double)Sampled))];

    private ListRead Search(string what, (string Text, double Share) words)
    {
        // Whoever writes it by hand knows what the planner does not: whether hits are so many that they are best met along the order of ids.
        var along = words.Share * words.Share * books > 1000;
        var asked = $"$${string.Join(" & ", words.Text.Split(' ').Select(word => $"'{word}'"))}$$::tsquery";
        return new($"q: {what}", $"/v1/books?q={Uri.EscapeDataString(words.Text)}", $"""
            with found as materialized (
              select id, ts_rank(search, {asked}, 1) as rank
              from (select id, search from (select r.id, r.search from books r where r.search @@ {asked} {(along ? "" : "offset 0")}) matching order by id limit 1000) hits),
            best as (select id, rank from found order by rank desc, id limit {Limit})
            select {Fields} from best join books r on r.id = best.id order by best.rank desc, best.id
            """);
    }
}
