using System.Net;
using System.Text;
using Library.Api.Infrastructure.Caching;
using Library.Api.Infrastructure.Reading;
using Library.Api.Tests.Infrastructure.Http;

namespace Library.Api.Tests.Infrastructure.Compression;

public class CompressedAnswerTests(ApiFactory api) : IClassFixture<ApiFactory>
{
    private static readonly string Large = $$"""{"id":"x","name":"Ursula K. Le Guin","bio":"{{string.Concat(Enumerable.Range(0, 500))}}","version":7}""";

    private readonly HttpClient _client = api.CreateClient();
    private readonly Guid _id = Guid.CreateVersion7();

    [Theory]
    [InlineData("identity", null, "\"7\"")]
    [InlineData("gzip", "gzip", "W/\"7\"")]
    [InlineData("gzip, deflate, br", "br", "W/\"7\"")]
    public async Task A_cached_resource_is_sent_as_the_client_asks(string accepted, string? encoding, string etag)
    {
        await FillAsync(Large);
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head, HttpMethod.Get])
        {
            var answer = await SendAsync(method, $"/v1/authors/{_id}", ("Accept-Encoding", accepted));
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Content.Headers.ContentEncoding.SingleOrDefault().ShouldBe(encoding);
            answer.Headers.Vary.ShouldBe(["Accept-Encoding"]);
            answer.Headers.ETag!.ToString().ShouldBe(etag);
            answer.Headers.GetValues("Cache-Status").ShouldBe(["library; hit"]);
            if (encoding is not null) answer.Content.Headers.ContentLength!.Value.ShouldBeLessThan(Large.Length);
            if (method == HttpMethod.Get) (await answer.UnpackedAsync()).ShouldBe(Large);
        }
    }

    [Theory]
    [InlineData("\"7\"")]
    [InlineData("W/\"7\"")]
    public async Task The_tag_that_a_client_got_goes_on_working(string etag)
    {
        await FillAsync(Large);
        var answer = await SendAsync(HttpMethod.Get, $"/v1/authors/{_id}", ("Accept-Encoding", "gzip"), ("If-None-Match", etag));
        answer.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        answer.Headers.ETag!.ToString().ShouldBe("W/\"7\"");
        answer.Headers.Vary.ShouldBe(["Accept-Encoding"]);
        answer.Content.Headers.ContentEncoding.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_fills_one_packet_is_sent_as_it_is()
    {
        await FillAsync("""{"id":"x","name":"A","version":7}""");
        var answer = await SendAsync(HttpMethod.Get, $"/v1/authors/{_id}", ("Accept-Encoding", "br"));
        answer.Content.Headers.ContentEncoding.ShouldBeEmpty();
        answer.Headers.Vary.ShouldBeEmpty();
        answer.Headers.ETag!.ToString().ShouldBe("\"7\"");
    }

    [Theory]
    [InlineData("/openapi/v1.json", "br")]
    [InlineData("/openapi/v1.json", "gzip")]
    [InlineData("/asyncapi.json", "br")]
    [InlineData("/problems", "gzip")]
    [InlineData("/docs/", "gzip")]
    [InlineData("/docs/scalar.js", "br")]
    public async Task Documents_are_compressed(string path, string encoding)
    {
        var plain = await SendAsync(HttpMethod.Get, path);
        plain.Content.Headers.ContentEncoding.ShouldBeEmpty();
        var answer = await SendAsync(HttpMethod.Get, path, ("Accept-Encoding", encoding));
        answer.Content.Headers.ContentEncoding.ShouldBe([encoding]);
        answer.Headers.Vary.ShouldBe(["Accept-Encoding"]);
        (await answer.UnpackedAsync()).ShouldBe(await plain.UnpackedAsync());
    }

    [Fact]
    public async Task A_long_problem_is_compressed()
    {
        var fields = string.Join(',', Enumerable.Range(0, 30).Select(i => $"\"field{i}\":1"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/authors") { Content = new StringContent($"{{{fields}}}", Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        (await answer.UnpackedAsync()).ShouldContain("\"field7\"");
    }

    private async Task FillAsync(string json) => await api.Service<ReadCache>().FillAsync(
        ReadCache.KeyOf(CatalogTypes.Author, _id),
        CacheTag.Of(_id),
        _ => Task.FromResult(new ReadResult<Representation>(new(_id, Encoding.UTF8.GetBytes(json), 7), long.MaxValue)),
        TestContext.Current.CancellationToken);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await _client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
