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

    [Fact]
    public async Task Too_long_a_target_is_answered_with_a_problem() =>
        (await SendAsync($"GET /{new string('x', 100_000)} HTTP/1.1\r\nHost: x\r\n\r\n")).ShouldContain("application/problem+json");

    private async Task<string> SendAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(library.Api.Url.Host, library.Api.Url.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
