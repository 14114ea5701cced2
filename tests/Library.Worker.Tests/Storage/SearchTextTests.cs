using System.Text;
using Library.Testing;
using Library.Worker.Storage;
using Npgsql;

namespace Library.Worker.Tests.Storage;

/// <summary>What was stored before a function was made faster must be what would be stored now.</summary>
public sealed class SearchTextTests(TestServers servers) : IAsyncLifetime
{
    private static readonly string[] Texts =
    [
        "A Wizard of Earthsea", "UPPER/lower-case_with@punctuation:and.dots...", "it's \"quoted\" & 100% -- \\odd\\", " ", "4:50 from Paddington", "https://example.org/a-b_c?d=e", "naïve café, ÉLAN",
        "e\u0301le\u0300ve decomposed", "ﬁne ﬂour ½ ² Ⅻ ㎏ ™", "ＦＵＬＬ　ｗｉｄｔｈ．：", "Ἀχιλλεύς ὀδυσσεύς ΟΔΥΣΣΕΥΣ σς", "İstanbul ISPARTA ıI", "Straße GROẞ ﬀ", "Łódź Ørsted Æsir Þorn", "Ångström \u212Bngström A\u030Angstro\u0308m",
        "Война и мир. Ёлка-ёж", "ألف ليلة وليلة \uFEFB", "गोदान का-सार: हिन्दी", "ไทยแลนด์ สวัสดี", "吾輩は猫である", "坊っちゃん。カタカナ／ｶﾀｶﾅ abc", "서울의 봄 한국어", "𠮷野家 𝔘𝔫𝔦 😀 emoji", "mixed 漢字-and latin: é_ß@一",
        "a\u0323\u0307b \u0958 \u0344", "zero\u200Bwidth\u00ADsoft\u00A0space", "ǅ ǆ Ǆ ŉ", new string('é', 600), new string('a', 600), "漢",
    ];

    private readonly CatalogDatabase _catalog = new(servers);

    public async ValueTask InitializeAsync()
    {
        await _catalog.InitializeAsync();
        await _catalog.ExecuteAsync($"create schema before; set search_path = before; {Migration("0001_catalog")}; {Migration("0004_queries")}; reset search_path");
    }

    public ValueTask DisposeAsync() => _catalog.DisposeAsync();

    [Theory]
    [InlineData("books", "title", "description", "title_key")]
    [InlineData("authors", "name", "bio", "name_key")]
    public async Task Keys_and_search_vectors_are_what_they_were_from_the_first(string table, string name, string body, string key)
    {
        await using (var insert = _catalog.Postgres.CreateCommand($"""
            with texts as (select a.t as name, b.t as body, row_number() over () as n from unnest($1) a (t), unnest($1 || null::text) b (t)),
              before as (insert into before.{table} (id, {name}, {body}, version, position) select gen_random_uuid(), name, body, 1, n from texts)
            insert into {table} (id, {name}, {body}, version, position) select gen_random_uuid(), name, body, 1, n from texts
            """))
        {
            insert.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = Texts });
            (await insert.ExecuteNonQueryAsync(TestContext.Current.CancellationToken)).ShouldBe(Texts.Length * (Texts.Length + 1));
        }

        (await _catalog.ScalarAsync<bool>($"select bool_and({key} is not null) and bool_or(length(search) > 0) from {table}")).ShouldBeTrue();
        (await _catalog.ColumnAsync<string>($"""
            select now.{name} || ' / ' || coalesce(now.{body}, '-') from {table} now join before.{table} before using (position)
            where now.{key} <> before.{key} or now.search <> before.search limit 5
            """)).ShouldBeEmpty();
    }

    private static string Migration(string name)
    {
        using var script = new StreamReader(typeof(SchemaMigration).Assembly.GetManifestResourceStream($"Library.Worker.Storage.Migrations.{name}.sql")!, Encoding.UTF8);
        return script.ReadToEnd();
    }
}
