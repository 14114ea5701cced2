using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Library.EndToEnd;

/// <summary>What the server refuses before any code of ours sees it is a problem as well.</summary>
[Collection(typeof(Running))]
public sealed class BareRequestTests(RunningLibrary library)
{
    [Theory]
    [InlineData("GET /v1/authors/%00 HTTP/1.1\r\nHost: x\r\n\r\n", 400)]
    [InlineData("GET /v1/authors HTTP/1.1\r\n\r\n", 400)]
    [InlineData("nonsense\r\n\r\n", 400)]
    [InlineData("GET /v1/authors HTTP/1.1\r\nHost: x\r\nno header\r\n\r\n", 400)]
    [InlineData("POST /v1/authors HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400)]
    [InlineData("GET /v1/authors HTTP/9.9\r\nHost: x\r\n\r\n", 505)]
    public async Task It_is_answered_with_a_problem(string request, int status)
    {
        var answer = await SendAsync(request);
        answer.ShouldStartWith($"HTTP/1.1 {status} ");
        answer.ShouldContain("\r\nContent-Type: application/problem+json\r\n");
        var body = answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        answer.ShouldContain($"\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n");
        ((int?)JsonNode.Parse(body)!["status"]).ShouldBe(status);
    }

    [Theory]
    [InlineData("POST /v1/authors HTTP/1.1", "Content-Type: application/json\r\nTransfer-Encoding: chunked", "FFFFFFFFFFFFFFFF\r\n")]
    [InlineData("POST /v1/imports HTTP/1.1", "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked", "FFFFFFFFFFFFFFFF\r\n")]
    [InlineData("POST /v1/imports HTTP/1.1", "Content-Type: text/csv\r\nTransfer-Encoding: chunked\r\nIdempotency-Key: \"k\"", "80000000\r\n")]
    [InlineData("POST /v1/imports HTTP/1.1", "Content-Type: text/csv\r\nTransfer-Encoding: chunked", "1\r\n{}\r\n0\r\n\r\n")]
    [InlineData("POST /v1/imports HTTP/1.1", "Content-Type: application/gzip\r\nContent-Length: 3", "\u001f\u008b\u0008")]
    [InlineData("POST /v1/imports HTTP/1.1", "Content-Type: text/csv; charset=utf-16\r\nContent-Length: 3", "\u00ff\u00fe\u0041")]
    [InlineData("POST /v1/imports HTTP/1.1", "Content-Type: text/csv\r\nContent-Length: 4", "\"\"\"\"")]
    [InlineData("POST /v1/authors HTTP/1.1", "Content-Type: application/json\r\nContent-Length: 2\r\nTransfer-Encoding: gzip", "{}")]
    [InlineData("POST /v1/authors HTTP/1.1", "Content-Type: application/json\r\nContent-Length: 2\r\nContent-Length: 3", "{}")]
    [InlineData("POST /v1/authors HTTP/1.1", "Content-Type: ;;;\r\nContent-Length: 2", "{}")]
    [InlineData("POST /v1/authors HTTP/1.1", "Content-Type: application/json; charset=\r\nContent-Length: 2", "{}")]
    [InlineData("POST /v1/authors HTTP/1.1", "Content-Type: application/json\r\nContent-Length: 2\r\nExpect: 200-ok", "{}")]
    [InlineData("GET /v1/authors HTTP/1.1", "Accept: ;;,\u00ff/*;q=x", "")]
    [InlineData("GET /v1/authors HTTP/1.1", "Accept-Encoding: ;q=,\u00ff;q=9, gzip;q=zero", "")]
    [InlineData("GET /v1/authors HTTP/1.1", "If-None-Match: \u00ff,\"", "")]
    [InlineData("GET /v1/events HTTP/1.1", "Last-Event-ID: 99999999999999999999", "")]
    [InlineData("GET /v1/authors HTTP/1.1", "Library-Min-Position: 9223372036854775808", "")]
    [InlineData("GET /v1/authors HTTP/1.1", "Range: bytes=5-1\r\nUpgrade: h2c\r\nTE: x", "")]
    [InlineData("GET /v1/authors?after=%ff%00&limit=%%% HTTP/1.1", "", "")]
    [InlineData("GET /v1/books?q=%ed%a0%80 HTTP/1.1", "", "")]
    [InlineData("GET /v1/books?q=%00 HTTP/1.1", "", "")]
    [InlineData("GET /v1/books?title=\u00ff HTTP/1.1", "", "")]
    [InlineData("GET /v1/\u00ff HTTP/1.1", "", "")]
    [InlineData("OPTIONS * HTTP/1.1", "", "")]
    [InlineData("CONNECT localhost:80 HTTP/1.1", "", "")]
    [InlineData("TRACE /v1/authors HTTP/1.1", "", "")]
    [InlineData("GET http:// HTTP/1.1", "", "")]
    [InlineData("GET /v1/authors HTTP/1.0", "", "")]
    public async Task It_is_never_a_fault_of_the_server(string line, string headers, string body)
    {
        var answer = await SendAsync($"{line}\r\nHost: localhost\r\nConnection: close\r\n{headers}{(headers.Length > 0 ? "\r\n" : "")}\r\n{body}");
        answer.ShouldStartWith("HTTP/1.1 ");
        (answer[9] is '2' or '4').ShouldBeTrue(answer);
        if (answer[9] == '4') answer.ShouldContain("application/problem+json");
    }

    [Fact]
    public async Task Too_long_a_target_is_answered_with_a_problem() =>
        (await SendAsync($"GET /{new string('x', 100_000)} HTTP/1.1\r\nHost: x\r\n\r\n")).ShouldContain("application/problem+json");

    private async Task<string> SendAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(library.Api.Url.Host, library.Api.Url.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
