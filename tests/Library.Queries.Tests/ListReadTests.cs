using System.Net;
using System.Text.Json.Nodes;
using Library.Api.Infrastructure.Caching;
using Library.Api.Infrastructure.Reading;
using Library.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Library.Queries.Tests;

/// <summary>What a page shows besides its rows, and how it is served.</summary>
public sealed class ListReadTests(QueryApi api) : IClassFixture<QueryApi>, IAsyncLifetime
{
    private static readonly DateOnly Day = new(1950, 1, 2);
    private Guid _ann;
    private Guid _bob;
    private Guid _tales;

    public async ValueTask InitializeAsync()
    {
        await api.ExecuteAsync("truncate authors, books cascade");
        _ann = await api.AddAuthorAsync("Ann \"A\" <b>", "Writes", Day);
        _bob = await api.AddAuthorAsync("Bob");
        _tales = await api.AddBookAsync("Tales", "Of old", Day, _bob, _ann);
        api.Service<ReadCache>().Clear();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_page_has_every_field_that_is_set() => (await TextAsync("/v1/authors")).ShouldBe(
        $$"""{"items":[{"id":"{{_ann}}","name":"Ann \"A\" <b>","bio":"Writes","birthDate":"1950-01-02","version":1},{"id":"{{_bob}}","name":"Bob","version":1}]}""");

    [Fact]
    public async Task A_list_shows_a_resource_as_its_own_read_does() =>
        (await TextAsync("/v1/books")).ShouldBe($$"""{"items":[{{await TextAsync($"/v1/books/{_tales}")}}]}""");

    [Theory]
    [InlineData("fields=name", "name")]
    [InlineData("fields=version,name", "name,version")]
    public async Task Only_the_fields_asked_for_are_there(string text, string fields) =>
        (await api.PageAsync($"/v1/authors?{text}"))["items"]![0]!.AsObject().Select(field => field.Key).ShouldBe(fields.Split(','));

    [Fact]
    public async Task Included_authors_come_in_the_books_order()
    {
        var book = (await api.PageAsync("/v1/books?include=authors&fields=id"))["items"]![0]!;
        book.ToJsonString().ShouldBe(new JsonObject
        {
            ["id"] = _tales,
            ["authors"] = new JsonArray(new JsonObject { ["id"] = _bob, ["name"] = "Bob", ["role"] = "aut" }, new JsonObject { ["id"] = _ann, ["name"] = "Ann \"A\" <b>", ["role"] = "aut" }),
        }.ToJsonString());
    }

    [Fact]
    public async Task A_deleted_author_is_nowhere_though_its_books_are_still_to_follow()
    {
        await api.ExecuteAsync("update authors set deleted_at_position = 5 where id = $1", _bob);
        (await api.FieldAsync("/v1/authors", "id")).ShouldBe([_ann.ToString()]);
        (await api.FieldAsync("/v1/authors?q=bob", "id")).ShouldBeEmpty();
        (await api.FieldAsync("/v1/authors?sort=-birthDate", "id")).ShouldBe([_ann.ToString()]);
        (await api.FieldAsync($"/v1/books/{_tales}/authors", "id")).ShouldBe([_ann.ToString()]);
        ((int?)(await api.PageAsync("/v1/authors?count=exact"))["total"]).ShouldBe(1);
        (await api.PageAsync("/v1/books?include=authors&fields=id"))["items"]![0]!["authors"]!.AsArray().Count.ShouldBe(1);
        (await api.SendAsync($"/v1/authors/{_bob}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await ShouldNotBeFoundAsync($"/v1/authors/{_bob}/books", "author");
    }

    [Fact]
    public async Task A_list_within_a_resource_that_is_not_there_is_404()
    {
        await ShouldNotBeFoundAsync($"/v1/authors/{Guid.CreateVersion7()}/books", "author");
        await ShouldNotBeFoundAsync($"/v1/authors/{_tales}/books", "author");
        await ShouldNotBeFoundAsync($"/v1/books/{_ann}/authors", "book");
    }

    [Fact]
    public async Task A_list_within_a_resource_shows_its_own()
    {
        await api.AddBookAsync("Of another", null, null, _bob);
        (await api.FieldAsync($"/v1/authors/{_ann}/books", "title")).ShouldBe(["Tales"]);
        (await api.FieldAsync($"/v1/authors/{_bob}/books?sort=title", "title")).ShouldBe(["Of another", "Tales"]);
        (await api.FieldAsync($"/v1/books/{_tales}/authors?sort=-name", "name")).ShouldBe(["Bob", "Ann \"A\" <b>"]);
    }

    [Theory]
    [InlineData("exact")]
    [InlineData("estimated")]
    public async Task The_total_is_that_of_all_pages_with_the_filters(string count)
    {
        for (var i = 0; i < 5; i++) await api.AddBookAsync("More " + i);
        ((int?)(await api.PageAsync($"/v1/books?limit=2&count={count}"))["total"]).ShouldBe(6);
        ((int?)(await api.PageAsync($"/v1/books?limit=2&count={count}&title=more"))["total"]).ShouldBe(5);
        ((int?)(await api.PageAsync($"/v1/books?limit=2&count={count}&q=tales"))["total"]).ShouldBe(1);
        ((int?)(await api.PageAsync($"/v1/authors/{_ann}/books?count={count}"))["total"]).ShouldBe(1);
    }

    [Fact]
    public async Task An_estimate_of_many_is_the_planners()
    {
        await api.ExecuteAsync("insert into given_authors (id, name, version, position) select gen_random_uuid(), 'Many', 1, 1 from generate_series(1, 20000)");
        await api.ExecuteAsync("analyze authors");
        ((int?)(await api.PageAsync("/v1/authors?count=estimated&fields=id"))["total"]).ShouldNotBeNull().ShouldBeInRange(10_001, 40_000);
    }

    [Fact]
    public async Task The_link_to_the_next_page_keeps_the_query()
    {
        for (var i = 0; i < 3; i++) await api.AddBookAsync("Ünter & über " + i);
        var link = (await api.SendAsync("/v1/books?limit=2&fields=title&title=%C3%BCnter%20%26&sort=-title")).Headers.GetValues("Link").ShouldHaveSingleItem();
        link.ShouldStartWith("</v1/books?limit=2&fields=title&title=");
        link.ShouldEndWith(">; rel=\"next\"");
        (await api.FieldAsync(link[1..link.IndexOf('>', StringComparison.Ordinal)], "title")).ShouldBe(["Ünter & über 0"]);
        (await api.SendAsync("/v1/books?limit=5")).Headers.Contains("Link").ShouldBeFalse();
    }

    [Fact]
    public async Task A_page_is_cached_until_an_event_of_a_type_that_it_shows()
    {
        var evictions = api.Service<CacheEvictions>();
        evictions.Reset();
        var (first, etag) = await StatusAsync("/v1/books?include=authors");
        first.ShouldBe("library; fwd=miss");
        (await StatusAsync("/v1/books?include=authors")).ShouldBe(("library; hit", etag));
        using var unchanged = await api.SendAsync("/v1/books?include=authors", ("If-None-Match", etag));
        unchanged.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await StatusAsync("/v1/books")).Status.ShouldBe("library; fwd=miss");

        await api.ExecuteAsync("update authors set state = (state::jsonb || jsonb_build_object('name', 'Bobby'))::json, heading = 'Bobby' where id = $1", _bob);
        await api.ExecuteAsync("insert into mt_events (seq_id, id, stream_id, version, data, type, tenant_id, is_archived) values (1, gen_random_uuid(), null, 1, '{}', 'author_updated', '*DEFAULT*', false)");
        evictions.Apply(new CatalogChange { Position = 1, Author = new() { Id = _bob } });
        var (after, changed) = await StatusAsync("/v1/books?include=authors");
        after.ShouldBe("library; fwd=miss");
        changed.ShouldNotBe(etag);
        (await StatusAsync("/v1/books")).Status.ShouldBe("library; hit");

        // Seen, but not in this database yet: what it shows may be from before, so it is not kept.
        evictions.Apply(new CatalogChange { Position = 2, PreviousPosition = 1, Book = new() { Id = Guid.CreateVersion7() } });
        (await StatusAsync("/v1/books")).Status.ShouldBe("library; fwd=miss");
        (await StatusAsync("/v1/books")).Status.ShouldBe("library; fwd=miss");
        await api.ExecuteAsync("delete from mt_events");
        evictions.Reset();
    }

    [Theory]
    [InlineData("/v1/books")]
    [InlineData("/v1/authors/{0}/books")]
    [InlineData("/v1/authors/{0}")]
    public async Task A_position_that_is_not_reached_is_503(string path)
    {
        using var answer = await api.SendAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, path, _ann), ("Library-Min-Position", "9"));
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("position-not-reached");
    }

    [Fact]
    public async Task Lists_have_few_connections_a_time_limit_and_plans_for_their_values()
    {
        var lists = api.Service<Npgsql.NpgsqlDataSource>(ReadPool.Lists);
        new Npgsql.NpgsqlConnectionStringBuilder(lists.ConnectionString).MaxPoolSize.ShouldBe(10);
        await using var command = lists.CreateCommand("select current_setting('statement_timeout') || ' ' || current_setting('plan_cache_mode')");
        (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe("3500ms force_custom_plan");
    }

    [Fact]
    public async Task A_list_whose_statement_takes_too_long_is_503()
    {
        // Whoever alters the table keeps readers out.
        await using var connection = await api.Postgres.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var locking = new Npgsql.NpgsqlCommand("lock table books", connection, transaction);
        await locking.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        using var answer = await api.SendAsync("/v1/books?limit=3");
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("unavailable");
    }

    [Fact]
    public async Task A_read_whose_client_leaves_is_ended_in_the_database()
    {
        // A clock that stands still: no time limit of ours ends it.
        var database = new Database(api.Postgres, new FakeTimeProvider());
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var reading = database.ReadAsync("select pg_sleep(3600)", [], (row, limit) => row.ReadAsync(limit), leave.Token);
        await Eventually.HoldsAsync(async () => await SleepingAsync() == 1, "it is being read");
        await leave.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(reading);
        await Eventually.HoldsAsync(async () => await SleepingAsync() == 0, "the database has stopped");
    }

    [Theory]
    [InlineData("/v1/books")]
    [InlineData("/v1/authors/{0}")]
    [InlineData("/v1/audit")]
    public async Task A_connection_that_Postgres_has_closed_fails_no_read(string path)
    {
        (await ReadAsync()).ShouldBe(HttpStatusCode.OK);
        await api.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
        // Those of this test's own went with them.
        api.Postgres.Clear();
        (await ReadAsync()).ShouldBe(HttpStatusCode.OK);

        async Task<HttpStatusCode> ReadAsync()
        {
            using var answer = await api.SendAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, path, _ann), ("Library-Min-Position", "0"));
            return answer.StatusCode;
        }
    }

    private Task<long> SleepingAsync() => ActiveAsync("state = 'active' and wait_event = 'PgSleep'");

    private async Task<long> ActiveAsync(string condition)
    {
        await using var command = api.Postgres.CreateCommand($"select count(*) from pg_stat_activity where datname = current_database() and {condition}");
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private async Task<string> TextAsync(string path)
    {
        using var answer = await api.SendAsync(path, ("Library-Min-Position", "0"));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private async Task<(string Status, string ETag)> StatusAsync(string path)
    {
        using var answer = await api.SendAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (answer.Headers.GetValues("Cache-Status").Single(), answer.Headers.ETag!.ToString());
    }

    private async Task ShouldNotBeFoundAsync(string path, string resource)
    {
        using var answer = await api.SendAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain($"There is no {resource} ");
    }
}
