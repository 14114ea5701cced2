extern alias worker;

using System.Text.Json;
using System.Text.Json.Nodes;
using Library.Contracts;
using Library.Contracts.Serialization;
using Library.Hosting.Search;
using Library.Hosting.Storage;
using Library.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Npgsql;
using worker::Library.Worker.Infrastructure.Model;
using worker::Library.Worker.Infrastructure.Storage;

namespace Library.Queries.Tests;

/// <summary>The API in this process over a real Postgres of its own, with no broker: rows are put where the writer puts them.</summary>
public sealed class QueryApi(TestServers servers) : WebApplicationFactory<Program>, IAsyncLifetime
{
    public const string Secret = "the operations secret of the tests";

    /// <summary>Makes a read show what is there now: no event tells the cache of a row that a test writes.</summary>
    private const string Uncached = "0";

    /// <summary>
    /// Rows by their fields: what a test inserts into these views becomes the row that the writer would write, if their text is so plain that Postgres
    /// finds the same words.
    /// </summary>
    private const string GivenRows = """
        create function earliest(day date) returns integer return day - date '0001-01-01';
        create function latest(day date) returns integer return coalesce((day - date '0001-01-01') * 32, 2147483647);
        create function about(text) returns text return translate(lower($1 collate "und-x-icu"), 'äöë', 'aoe');
        create function about(heading text, body text) returns tsvector return setweight(to_tsvector('simple', about(heading)), 'A') || to_tsvector('simple', coalesce(about(body), ''));
        create view given_authors as select id, heading as name, null::text as bio, date '0001-01-01' + birth_earliest as birth_date, version, position from authors;
        create rule given as on insert to given_authors do instead insert into authors (id, state, heading, name_key, search, birth_earliest, birth_latest, version, position)
          values (new.id, json_strip_nulls(json_build_object('id', new.id, 'name', new.name, 'bio', new.bio, 'birthDate', new.birth_date)), new.name, about(new.name), about(new.name, new.bio),
            earliest(new.birth_date), latest(new.birth_date), new.version, new.position);
        create view given_books as select id, heading as title, null::text as description, date '0001-01-01' + publish_earliest as publish_date, version, position from books;
        create rule given as on insert to given_books do instead insert into books (id, state, heading, title_key, search, publish_earliest, publish_latest, version, position)
          values (new.id, json_strip_nulls(json_build_object('id', new.id, 'title', new.title, 'description', new.description, 'publishDate', new.publish_date,
              'contributors', json_build_array(), 'authorIds', json_build_array())), new.title, about(new.title), about(new.title, new.description),
            earliest(new.publish_date), latest(new.publish_date), new.version, new.position);
        """;

    private readonly DateTimeOffset _start = TimeProvider.System.GetUtcNow();
    private PostgresOptions _options = null!;
    private long _ids;

    internal NpgsqlDataSource Postgres { get; private set; } = null!;

    internal HttpClient Http { get; private set; } = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _options = new PostgresOptions { ConnectionString = await servers.CreateDatabaseAsync() };
        await Schema.MigrateAsync(_options, Cancellation);
        Postgres = PostgresSetup.CreateDataSource(_options);
        await ExecuteAsync(GivenRows);
        Http = CreateClient();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Postgres.DisposeAsync();
    }

    internal T Service<T>(object? key = null)
        where T : notnull => key is null ? Services.GetRequiredService<T>() : Services.GetRequiredKeyedService<T>(key);

    internal async Task ExecuteAsync(string sql, params object?[] values)
    {
        await using var command = Postgres.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    /// <summary>Later ids are greater, also within a millisecond.</summary>
    private Guid NextId() => Guid.CreateVersion7(_start.AddMilliseconds(Interlocked.Increment(ref _ids)));

    internal async Task<Guid> AddAuthorAsync(string name, string? bio = null, DateOnly? born = null, Guid? id = null)
    {
        id ??= NextId();
        await ExecuteAsync("insert into given_authors (id, name, bio, birth_date, version, position) values ($1, $2, $3, $4, 1, 1)", id, name, bio, born);
        await ExecuteAsync("update authors set name_key = $2, search = $3::tsvector where id = $1", id, Folding.Key(name), Words(new SearchVector(), name, bio));
        return id.Value;
    }

    internal async Task<Guid> AddBookAsync(string title, string? description = null, DateOnly? published = null, params Guid[] authors)
    {
        var id = NextId();
        await ExecuteAsync("insert into given_books (id, title, description, publish_date, version, position) values ($1, $2, $3, $4, 1, 1)", id, title, description, published);
        await ExecuteAsync("update books set title_key = $2, search = $3::tsvector where id = $1", id, Folding.Key(title), Words(new SearchVector(), title, description));
        for (var i = 0; i < authors.Length; i++)
            await ExecuteAsync("insert into book_authors (book_id, author_id, ordinal, since) values ($1, $2, $3, 1)", id, authors[i], (short)i);
        await ExecuteAsync("""
            update books set state = (state::jsonb || jsonb_build_object('authorIds', $2::uuid[], 'contributors',
              (select coalesce(jsonb_agg(jsonb_build_object('authorId', author, 'role', 'aut')), '[]') from unnest($2::uuid[]) author)))::json where id = $1
            """, id, authors);
        return id;
    }

    /// <summary>Makes the row and the links of a book what the writer makes of its state.</summary>
    internal async Task PutAsync(BookState book)
    {
        var date = DateColumns.Of(book.PublishDate);
        await ExecuteAsync("update books set state = $2::json, search = $3::tsvector, publish_earliest = $4::integer, publish_latest = $5, terms = $6::text[] where id = $1",
            book.Id, JsonSerializer.Serialize(book, LibraryJson.Options), SearchText.Of(book, new SearchVector()).ToText(), date.Earliest, date.Latest, FilterTerms.Of(book));
        foreach (var link in CatalogWriteSql.LinksOf([new BookEntry(1, book, [.. book.AuthorIds.Select(_ => 1L)])]))
            await ExecuteAsync("insert into book_authors (book_id, author_id, ordinal, roles, since) values ($1, $2, $3, $4::text[], 1)", link.Book, link.Author, link.Ordinal, link.Roles);
    }

    private static string Words(SearchVector vector, string heading, string? text)
    {
        vector.Start(heading);
        vector.Add(text);
        return vector.ToText();
    }

    internal async Task<HttpResponseMessage> SendAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await Http.SendAsync(request, Cancellation);
    }

    /// <summary>A page as it is now, with status 200.</summary>
    internal async Task<JsonObject> PageAsync(string path)
    {
        using var answer = await SendAsync(path, ("Library-Min-Position", Uncached));
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        ((int)answer.StatusCode).ShouldBe(200, $"{path}: {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>That field of all items of a page.</summary>
    internal async Task<List<string?>> FieldAsync(string path, string field) => [.. (await PageAsync(path))["items"]!.AsArray().Select(item => (string?)item![field])];

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Library:Postgres:ConnectionString", _options.ConnectionString);
        builder.UseSetting("Library:RabbitMq:Uri", "amqp://127.0.0.1:1/");
        builder.UseSetting("Library:Operations:Secret", Secret);
        // A fault of the API's own is told, since its answer hides it.
        builder.ConfigureLogging(logging => logging.ClearProviders().AddConsole().AddFilter<ConsoleLoggerProvider>(null, LogLevel.Error));
        builder.ConfigureTestServices(services => services.RemoveAll<IHostedService>());
    }
}
