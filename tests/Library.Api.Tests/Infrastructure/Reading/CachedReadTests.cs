using System.Net;
using Library.Api.Infrastructure.Caching;
using Library.Api.Infrastructure.Reading;
using Library.Api.Tests.Infrastructure.Http;

namespace Library.Api.Tests.Infrastructure.Reading;

/// <summary>A resource out of the cache, where there is no database that could answer.</summary>
public class CachedReadTests(ApiFactory api) : IClassFixture<ApiFactory>
{
    private const string Json = """{"id":"x","name":"Ursula K. Le Guin","version":7}""";

    private readonly HttpClient _client = api.CreateClient();
    private readonly Guid _id = Guid.CreateVersion7();

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task A_hit_has_all_headers_and_HEAD_has_them_without_the_body(string method)
    {
        await FillAsync(CatalogTypes.Author);
        var answer = await SendAsync(new HttpMethod(method), $"/v1/authors/{_id}");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.ETag!.ToString().ShouldBe("\"7\"");
        answer.Headers.CacheControl!.ToString().ShouldBe("must-revalidate, max-age=0, private");
        answer.Headers.GetValues("Cache-Status").ShouldBe(["library; hit"]);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("application/json");
        answer.Content.Headers.ContentLength.ShouldBe(Json.Length);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(method == "GET" ? Json : "");
    }

    [Theory]
    [InlineData("\"7\"", true)]
    [InlineData("W/\"7\"", true)]
    [InlineData("\"6\", \"7\"", true)]
    [InlineData("*", true)]
    [InlineData("\"6\"", false)]
    [InlineData("7", false)]
    public async Task What_the_client_has_is_304_without_a_body(string ifNoneMatch, bool unchanged)
    {
        await FillAsync(CatalogTypes.Book);
        var answer = await SendAsync(HttpMethod.Get, $"/v1/books/{_id}", ("If-None-Match", ifNoneMatch));
        answer.StatusCode.ShouldBe(unchanged ? HttpStatusCode.NotModified : HttpStatusCode.OK);
        answer.Headers.ETag!.ToString().ShouldBe("\"7\"");
        answer.Headers.GetValues("Cache-Status").ShouldBe(["library; hit"]);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(unchanged ? "" : Json);
    }

    [Fact]
    public async Task What_a_request_asks_beyond_the_cache_is_not_answered_from_it()
    {
        await FillAsync(CatalogTypes.Author);
        var path = $"/v1/authors/{_id}";
        await (await SendAsync(HttpMethod.Get, path, ("Library-Min-Position", "1"))).ShouldBeProblemAsync(503, "unavailable");
        await (await SendAsync(HttpMethod.Get, path + "?asOf=2026-01-31T12:00:00Z")).ShouldBeProblemAsync(503, "unavailable");
        await (await SendAsync(HttpMethod.Get, path + "?as0f=2026-01-31T12:00:00Z")).ShouldBeProblemAsync(400, "malformed");
        (await SendAsync(HttpMethod.Get, path, ("Accept", "application/xml"))).StatusCode.ShouldBe(HttpStatusCode.NotAcceptable);
        // The type is part of what is asked for.
        await (await SendAsync(HttpMethod.Get, $"/v1/books/{_id}")).ShouldBeProblemAsync(503, "unavailable");
    }

    [Fact]
    public async Task What_an_event_has_changed_is_not_answered_from_the_cache()
    {
        await FillAsync(CatalogTypes.Author);
        api.Service<ReadCache>().Evict(CatalogTypes.Author, _id);
        await (await SendAsync(HttpMethod.Get, $"/v1/authors/{_id}")).ShouldBeProblemAsync(503, "unavailable");
    }

    private async Task FillAsync(CatalogTypes type) => await api.Service<ReadCache>().FillAsync(
        ReadCache.KeyOf(type, _id),
        CacheTag.Of(_id),
        _ => Task.FromResult(new ReadResult<Representation>(new(_id, System.Text.Encoding.UTF8.GetBytes(Json), 7), long.MaxValue)),
        TestContext.Current.CancellationToken);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await _client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
