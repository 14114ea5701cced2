using System.Net;
using Library.Api.Tests.Infrastructure.Http;

namespace Library.Api.Tests.Features.Events;

public class FeedRequestTests(ApiFactory api) : IClassFixture<ApiFactory>
{
    [Theory]
    [InlineData("after=-1", "after")]
    [InlineData("after=1.5", "after")]
    [InlineData("after=", "after")]
    [InlineData("types=AuthorBurnt", "types")]
    [InlineData("types=authorCreated", "types")]
    [InlineData("types=", "types")]
    [InlineData("types=AuthorCreated,", "types")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=501", "limit")]
    [InlineData("sort=name", "sort")]
    public async Task A_wrong_parameter_is_named(string query, string parameter)
    {
        var problem = await (await GetAsync(query, "application/json")).ShouldBeProblemAsync(400, "malformed");
        problem["errors"]!.AsObject().Select(error => error.Key).ShouldBe([parameter]);
    }

    [Fact]
    public async Task A_live_stream_has_no_limit() => await (await GetAsync("limit=5", "text/event-stream")).ShouldBeProblemAsync(400, "malformed");

    [Fact]
    public async Task Where_a_stream_broke_off_must_be_a_position() =>
        await (await GetAsync("", "text/event-stream", "abc")).ShouldBeProblemAsync(400, "malformed");

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/json;q=0")]
    public async Task Another_media_type_is_not_acceptable(string accept) => await (await GetAsync("", accept)).ShouldBeProblemAsync(406, "not-acceptable");

    [Theory]
    [InlineData("text/event-stream")]
    [InlineData("application/x-ndjson")]
    [InlineData("application/json")]
    public async Task Without_a_database_it_says_so_before_it_begins(string accept) => (await GetAsync("", accept)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);

    private Task<HttpResponseMessage> GetAsync(string query, string accept, string? lastEventId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events?" + query) { Headers = { { "Accept", accept } } };
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        return api.CreateClient().SendAsync(request, TestContext.Current.CancellationToken);
    }
}
