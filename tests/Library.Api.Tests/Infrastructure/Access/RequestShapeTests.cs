using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Library.Api.Tests.Infrastructure.Access;

/// <summary>Requests that no client of good will sends, byte by byte to the real server.</summary>
public sealed class RequestShapeTests(RealServer server) : IClassFixture<RealServer>
{
    private readonly ApiFactory _api = server.Api;
    private readonly Uri _url = server.Api.ClientOptions.BaseAddress;

    public static TheoryData<string, string, int> Shapes => new()
    {
        { "two lengths", "POST /v1/authors HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 5\r\n\r\n{}", 400 },
        { "length and chunks", "POST /v1/authors HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 422 },
        { "chunked twice removed", "POST /v1/authors HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked, identity\r\n\r\n", 400 },
        { "unknown coding", "POST /v1/authors HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\n\r\n", 400 },
        { "folded header", "GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-A: a\r\n b\r\n\r\n", 400 },
        { "space before the colon", "GET /health/live HTTP/1.1\r\nHost: localhost\r\nContent-Length : 0\r\n\r\n", 400 },
        { "NUL in a header", "GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-A: \0\r\n\r\n", 400 },
        { "chunk size beyond all", "POST /v1/authors HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n{}", 400 },
        { "chunk size that is none", "POST /v1/authors HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n{}", 400 },
        { "no host", "GET /health/live HTTP/1.1\r\n\r\n", 400 },
        { "two hosts", "GET /health/live HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", 400 },
        { "HTTP/1.0 without host", "GET /v1/authors HTTP/1.0\r\n\r\n", 421 },
        { "HTTP/1.0 with one", "GET /health/live HTTP/1.0\r\nHost: localhost\r\n\r\n", 200 },
        { "absolute form of another", "GET http://evil.example/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n", 400 },
        { "absolute form of a foreign host", "GET http://evil.example/health/live HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421 },
        { "absolute form of its own", "GET http://localhost/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n", 200 },
        { "a foreign host", "GET /v1/authors HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421 },
        { "a host that is none", "GET /v1/authors HTTP/1.1\r\nHost: a b\r\n\r\n", 400 },
        { "forwarded by nobody", "GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Host: evil.example\r\n\r\n", 200 },
        { "a flood of headers", $"GET /health/live HTTP/1.1\r\nHost: localhost\r\n{string.Concat(Enumerable.Range(0, 1000).Select(i => $"X-{i}: a\r\n"))}\r\n", 431 },
        { "a header beyond all", $"GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-A: {new string('a', 200_000)}\r\n\r\n", 431 },
        { "10,000 parameters", $"GET /v1/authors?{string.Join('&', Enumerable.Range(0, 10_000).Select(i => $"a{i}=1"))} HTTP/1.1\r\nHost: localhost\r\n\r\n", 414 },
        { "1,000 short ones", $"GET /v1/authors?{string.Join('&', Enumerable.Range(0, 1000).Select(i => $"{i}="))} HTTP/1.1\r\nHost: localhost\r\n\r\n", 400 },
        { "JSON of a thousand levels", Post(string.Concat(Enumerable.Repeat("""{"name":""", 1000)) + "1" + new string('}', 1000)), 400 },
        { "JSON of a thousand arrays", Post("""{"name":""" + new string('[', 1000) + new string(']', 1000) + "}"), 400 },
        { "JSON with a name twice", Post("""{"name":"a","name":"b"}"""), 400 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task A_request_of_ill_will_has_its_answer_and_never_a_5xx(string what, string request, int status)
    {
        var published = _api.Bus.Published.Count;
        var answer = await SendAsync(request);
        answer.ShouldStartWith($"HTTP/1.1 {status} ", customMessage: what);
        if (status >= 400) answer.ShouldContain("application/problem+json", customMessage: what);
        answer.ShouldContain("X-Content-Type-Options: nosniff", customMessage: what);
        _api.Bus.Published.Count.ShouldBe(published);
    }

    [Fact]
    public async Task Length_and_chunks_do_not_hide_a_second_request()
    {
        // Were the length believed, what follows the chunks would be a request of its own.
        var answer = await SendAsync(
            "POST /v1/authors HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 70\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nDELETE /v1/authors/0198c0de-0000-7000-8000-000000000000 HTTP/1.1\r\nHost: localhost\r\n\r\n", answers: 2);
        Regex.Count(answer, "HTTP/1.1 202").ShouldBeLessThanOrEqualTo(1);
        answer.ShouldStartWith("HTTP/1.1 4");
    }

    [Fact]
    public async Task A_body_of_chunks_without_end_is_cut_at_its_limit()
    {
        var chunk = $"10000\r\n{new string(' ', 0x10000)}\r\n";
        var answer = await SendAsync("POST /v1/authors HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + string.Concat(Enumerable.Repeat(chunk, 80)));
        answer.ShouldStartWith("HTTP/1.1 413 ");
    }

    [Fact]
    public async Task Requests_in_a_row_are_each_answered_in_order()
    {
        var answer = await SendAsync("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\nGET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\nGET /health/live HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", answers: 3);
        Regex.Matches(answer, "HTTP/1.1 ([0-9]{3}) ").Select(match => match.Groups[1].Value).ShouldBe(["200", "404", "421"]);
    }

    private static string Post(string json) => $"POST /v1/authors HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {json.Length}\r\n\r\n{json}";

    /// <returns>What comes back until the head of so many answers is there, or the server closes.</returns>
    private async Task<string> SendAsync(string request, int answers = 1)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        using var client = new TcpClient();
        await client.ConnectAsync(_url.Host, _url.Port, limit.Token);
        await using var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request), limit.Token);
        }
        catch (IOException)
        {
            // Refused before all of it was sent: the answer is there.
        }

        var answer = new StringBuilder();
        var buffer = new byte[64 * 1024];
        try
        {
            for (int count; Heads(answer.ToString()) < answers && (count = await stream.ReadAsync(buffer, limit.Token)) > 0;) answer.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }
        catch (IOException)
        {
            // The connection was cut behind the answer.
        }

        return answer.ToString();
    }

    private static int Heads(string answer) => Regex.Count(answer, "HTTP/1.1 [0-9]{3} .*?\r\n\r\n", RegexOptions.Singleline);
}

/// <summary>The API on a port of loopback.</summary>
public sealed class RealServer : IDisposable
{
    public RealServer()
    {
        Api = new ApiFactory();
        Api.UseKestrel(0);
        try
        {
            Api.StartServer();
        }
        catch (InvalidOperationException fault) when (fault.Message.Contains("Addresses cannot be modified", StringComparison.Ordinal))
        {
            // The factory now and then names its addresses only when the server has started already; another one does not.
            Api.Dispose();
            Api = new ApiFactory();
            Api.UseKestrel(0);
            Api.StartServer();
        }
    }

    public ApiFactory Api { get; }

    public void Dispose() => Api.Dispose();
}
