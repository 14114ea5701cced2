using System.Net.Http.Headers;
using System.Text;

namespace Library.Api.Tests.Infrastructure.Http;

public class ProblemAnswerTests(ApiFactory api) : IClassFixture<ApiFactory>
{
    private const string Id = "0198c0de-0000-7000-8000-000000000001";
    private readonly HttpClient _client = api.CreateClient();

    [Theory]
    [InlineData("/v1/nothing")]
    [InlineData("/nothing")]
    [InlineData("/v1/authors/not-a-uuid")]
    [InlineData("/v1/operations/0198c0de-0000-8000-8000-000000000001")]
    public async Task What_is_not_there_is_404(string path) =>
        await (await _client.GetAsync(path, TestContext.Current.CancellationToken)).ShouldBeProblemAsync(404, "not-found");

    [Fact]
    public async Task An_unknown_method_is_405_with_Allow()
    {
        var answer = await SendAsync(HttpMethod.Put, "/v1/authors", "{}");
        await answer.ShouldBeProblemAsync(405, "method-not-allowed");
        answer.Content.Headers.Allow.ShouldBe(["GET", "HEAD", "POST"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData(null)]
    public async Task Another_media_type_is_415(string? contentType)
    {
        var answer = await SendAsync(HttpMethod.Post, "/v1/authors", """{"name":"A"}""", contentType);
        await answer.ShouldBeProblemAsync(415, "unsupported-media-type");
    }

    [Fact]
    public async Task A_patch_is_a_merge_patch()
    {
        var answer = await SendAsync(HttpMethod.Patch, $"/v1/authors/{Id}", """{"name":"A"}""", "application/json");
        await answer.ShouldBeProblemAsync(415, "unsupported-media-type");
        answer.Headers.GetValues("Accept-Patch").ShouldBe(["application/merge-patch+json"]);
    }

    [Fact]
    public async Task A_compressed_command_is_415()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/authors") { Content = new StringContent("""{"name":"A"}""", Encoding.UTF8, "application/json") };
        request.Content.Headers.ContentEncoding.Add("gzip");
        await (await _client.SendAsync(request, TestContext.Current.CancellationToken)).ShouldBeProblemAsync(415, "unsupported-media-type");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_past_the_limit_is_413(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/authors") { Content = new StringContent(new string(' ', 4 * 1024 * 1024 + 1), Encoding.UTF8, "application/json") };
        if (chunked) request.Headers.TransferEncodingChunked = true;
        await (await _client.SendAsync(request, TestContext.Current.CancellationToken)).ShouldBeProblemAsync(413, "content-too-large");
    }

    [Fact]
    public async Task Headers_past_the_limit_are_431()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/authors");
        request.Headers.Add("X-Long", new string('a', 33_000));
        await (await _client.SendAsync(request, TestContext.Current.CancellationToken)).ShouldBeProblemAsync(431, "request-header-fields-too-large");
    }

    [Fact]
    public async Task A_target_past_the_limit_is_414() =>
        await (await _client.GetAsync("/v1/authors?after=" + new string('a', 9000), TestContext.Current.CancellationToken)).ShouldBeProblemAsync(414, "uri-too-long");

    [Theory]
    [InlineData("text/html", true)]
    [InlineData("application/json;q=0, */*", true)]
    [InlineData("application/json", false)]
    [InlineData("text/html, application/*;q=0.1", false)]
    [InlineData("*/*", false)]
    public async Task What_the_client_cannot_take_is_406(string accept, bool refused)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/operations/{Id}");
        foreach (var range in accept.Split(',')) request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(range.Trim()));
        var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        await answer.ShouldBeProblemAsync(refused ? 406 : 404, refused ? "not-acceptable" : "not-found");
    }

    [Theory]
    [InlineData("/v1/authors?limti=5", "limti")]
    [InlineData("/v1/authors?limit=5&limit=6", "limit")]
    [InlineData("/v1/authors?limit=0", "limit")]
    [InlineData("/v1/authors?limit=501", "limit")]
    [InlineData("/v1/authors?limit=ten", "limit")]
    [InlineData("/v1/authors?limit=", "limit")]
    [InlineData("/v1/books?after=x", "after")]
    [InlineData("/v1/books?after=", "after")]
    [InlineData("/v1/authors/" + Id + "?fields=name", "fields")]
    public async Task A_query_that_cannot_be_read_is_400(string path, string parameter)
    {
        var problem = await (await _client.GetAsync(path, TestContext.Current.CancellationToken)).ShouldBeProblemAsync(400, "malformed");
        problem["errors"]!.AsObject().Select(error => error.Key).ShouldBe([parameter]);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("99999999999999999999")]
    public async Task A_position_that_cannot_be_read_is_400(string position)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/authors/{Id}");
        request.Headers.Add("Library-Min-Position", position);
        await (await _client.SendAsync(request, TestContext.Current.CancellationToken)).ShouldBeProblemAsync(400, "malformed");
    }

    [Theory]
    [InlineData("/v1/authors/" + Id)]
    [InlineData("/v1/books")]
    public async Task Without_a_database_a_read_is_503_with_Retry_After(string path)
    {
        var answer = await _client.GetAsync(path, TestContext.Current.CancellationToken);
        await answer.ShouldBeProblemAsync(503, "unavailable");
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_fault_is_500_and_shows_its_trace_but_not_itself()
    {
        api.Outcomes.Fault = new InvalidOperationException("secret");
        try
        {
            var id = api.Service<Library.Hosting.Operations.OperationIds>().Next();
            var problem = await (await _client.GetAsync($"/v1/operations/{id}", TestContext.Current.CancellationToken)).ShouldBeProblemAsync(500, "fault");
            problem.ToJsonString().ShouldNotContain("secret");
            problem["traceId"].ShouldNotBeNull();
        }
        finally
        {
            api.Outcomes.Fault = null;
        }
    }

    [Fact]
    public async Task The_type_of_a_problem_leads_to_its_description()
    {
        var page = await _client.GetStringAsync("/problems", TestContext.Current.CancellationToken);
        page.ShouldContain("id=\"unknown-author\"");
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string body, string? contentType = "application/json")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (contentType is not null) content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return _client.SendAsync(new HttpRequestMessage(method, path) { Content = content }, TestContext.Current.CancellationToken);
    }
}
