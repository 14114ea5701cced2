namespace Library.Api.Tests.Infrastructure.Http;

/// <summary>On a real socket: clients for people's code mend what they send.</summary>
public sealed class OneSpellingTests(KestrelApi kestrel) : IClassFixture<KestrelApi>
{
    private const string Id = "0198c0de-0000-7000-8000-00000000000a";

    /// <summary>503: it is there, and the database is not.</summary>
    [Theory]
    [InlineData("/v1/authors/" + Id, 503)]
    [InlineData("/v1/authors/0198C0DE-0000-7000-8000-00000000000a", 404)]
    [InlineData("/v1/authors/0198c0de-0000-7000-8000-00000000000A", 404)]
    [InlineData("/v1/authors/0198c0de00007000800000000000000a", 404)]
    [InlineData("/v1/authors/{" + Id + "}", 404)]
    [InlineData("/v1/authors/(" + Id + ")", 404)]
    [InlineData("/v1/authors/%20" + Id, 404)]
    [InlineData("/v1/authors", 503)]
    [InlineData("/v1/authors?limit=1", 503)]
    [InlineData("/v1/authors?limit=%31", 503)]
    [InlineData("/v1/authors/", 404)]
    [InlineData("/v1/authors/?limit=1", 404)]
    [InlineData("/v1/Authors", 404)]
    [InlineData("/V1/authors", 404)]
    [InlineData("/v1/%61uthors", 404)]
    [InlineData("/v1/%41uthors", 404)]
    [InlineData("/v1/./authors", 404)]
    [InlineData("/v1/x/../authors", 404)]
    [InlineData("/x/../v1/authors", 404)]
    [InlineData("//v1/authors", 404)]
    [InlineData("/v1//authors", 404)]
    [InlineData("/v1/authors/" + Id + "/", 404)]
    [InlineData("/v1/authors/" + Id + "/Books", 404)]
    [InlineData("/v1/authors;v=1", 404)]
    [InlineData("/v1/authors%2F" + Id, 404)]
    [InlineData("http://localhost/v1/authors", 503)]
    [InlineData("http://localhost/v1/authors/", 404)]
    [InlineData("/health/live", 200)]
    [InlineData("/Health/live", 404)]
    [InlineData("/health/live/", 404)]
    [InlineData("/openapi/v1.json", 200)]
    [InlineData("/openapi/V1.json", 404)]
    [InlineData("/problems", 200)]
    [InlineData("/Problems", 404)]
    public async Task An_address_has_one_spelling(string target, int status) =>
        (await SendAsync("GET", target)).ShouldStartWith($"HTTP/1.1 {status} ");

    [Theory]
    [InlineData("get", "/v1/authors")]
    [InlineData("Get", "/v1/authors/" + Id)]
    [InlineData("head", "/v1/authors/" + Id)]
    [InlineData("post", "/v1/authors")]
    [InlineData("delete", "/v1/authors/" + Id)]
    [InlineData("GETS", "/v1/authors/" + Id)]
    public async Task A_method_has_one_too(string method, string target)
    {
        var answer = await SendAsync(method, target);
        answer.ShouldStartWith("HTTP/1.1 405 ");
        answer.ShouldContain("\"status\":405");
        foreach (var known in (string[])["GET", "HEAD"]) answer.Split("\r\nAllow: ")[1].Split('\r')[0].Split(", ").ShouldContain(known);
    }

    [Theory]
    [InlineData("get", "/v1/nothing")]
    [InlineData("PUT", "/V1/authors")]
    public async Task What_is_not_there_is_404_by_any_method(string method, string target) => (await SendAsync(method, target)).ShouldStartWith("HTTP/1.1 404 ");

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFF\r\n")]
    [InlineData("80000000\r\n")]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF\r\n")]
    [InlineData("-1\r\n{}\r\n0\r\n\r\n")]
    [InlineData("zz\r\n")]
    [InlineData("1\r\n{}\r\n0\r\n\r\n")]
    public async Task A_chunk_that_cannot_be_is_400(string chunks)
    {
        var answer = await kestrel.SendAsync($"POST /v1/authors HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}");
        answer.ShouldStartWith("HTTP/1.1 400 ");
        answer.ShouldContain("application/problem+json");
    }

    private Task<string> SendAsync(string method, string target) => kestrel.SendAsync($"{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
}
