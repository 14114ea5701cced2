using System.IO.Pipelines;
using System.Text;
using Library.Api.Infrastructure.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Library.Api.Tests.Infrastructure.Http;

/// <summary>Clients that send all of a body before they read the answer, as Node's fetch and Python's http.client do.</summary>
public sealed class LingeringCloseTests(KestrelApi kestrel) : IClassFixture<KestrelApi>
{
    private const int Length = 40 * 1024 * 1024;
    private static readonly byte[] Piece = Encoding.ASCII.GetBytes(new string(' ', 64 * 1024));
    private static readonly PipeOptions Inline = new(readerScheduler: PipeScheduler.Inline, useSynchronizationContext: false);
    private static readonly byte[] Chunk = [.. "10000\r\n"u8, .. Piece, .. "\r\n"u8];

    private LimitOptions Limits => kestrel.Api.Service<IOptions<LimitOptions>>().Value;

    public static MatrixTheoryData<string, bool> Refusals { get; } = new(
        [
            "413 POST /v1/authors application/json", "415 POST /v1/authors text/plain", "404 POST /v1/nothing application/json", "405 PUT /v1/authors application/json",
            "406 POST /v1/authors application/json", "415 POST /v1/imports text/plain", "503 POST /v1/imports application/x-ndjson",
        ],
        [false, true]);

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Whoever_sends_40_MB_before_reading_sees_the_problem(string request, bool chunked)
    {
        var parts = request.Split(' ');
        var answer = await SendAsync(parts[1], parts[2], parts[3], chunked, accept: parts[0] == "406" ? "text/html" : "*/*");
        answer.ShouldStartWith($"HTTP/1.1 {parts[0]} ");
        answer.ShouldContain("\r\nConnection: close\r\n");
        answer.ShouldContain($"\"status\":{parts[0]}");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_command_too_many_with_40_MB_sees_the_problem(bool chunked)
    {
        var before = Limits.CommandsInFlight;
        Limits.CommandsInFlight = 0;
        try
        {
            (await SendAsync("POST", "/v1/authors", "application/json", chunked)).ShouldStartWith("HTTP/1.1 429 ");
        }
        finally
        {
            Limits.CommandsInFlight = before;
        }
    }

    [Fact]
    public async Task A_small_body_leaves_the_connection_open()
    {
        const string Refused = "POST /v1/nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\n{ }";
        var answers = await kestrel.SendAsync(Refused + "GET /v1/nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        answers.Split("HTTP/1.1 404 ").Length.ShouldBe(3);
    }

    [Fact]
    public async Task An_endless_sender_is_cut_off()
    {
        var before = Limits.LingerBytes;
        Limits.LingerBytes = 8 * 1024 * 1024;
        try
        {
            await using var stream = await kestrel.ConnectAsync();
            await stream.WriteAsync(Head("POST", "/v1/nothing", "application/json", chunked: true), TestContext.Current.CancellationToken);
            var sent = 0L;
            await Should.ThrowAsync<IOException>(async () =>
            {
                // Far more than all buffers on the way hold.
                for (; sent < 1024L * 1024 * 1024; sent += Piece.Length) await stream.WriteAsync(Chunk, TestContext.Current.CancellationToken);
            });
            sent.ShouldBeGreaterThan(Limits.LingerBytes);
        }
        finally
        {
            Limits.LingerBytes = before;
        }
    }

    [Fact]
    public async Task A_silent_sender_is_cut_off()
    {
        var (body, time) = (new Pipe(Inline), new FakeTimeProvider());
        var draining = LingeringClose.DrainAsync(body.Reader, new LimitOptions(), time, CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(4.9));
        await body.Writer.WriteAsync(Piece, TestContext.Current.CancellationToken);
        draining.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(5.1));
        (await draining).ShouldBeFalse();
    }

    [Fact]
    public async Task A_slow_sender_is_cut_off()
    {
        var (body, time) = (new Pipe(Inline), new FakeTimeProvider());
        var draining = LingeringClose.DrainAsync(body.Reader, new LimitOptions(), time, CancellationToken.None);
        var seconds = 0;
        for (; !draining.IsCompleted && seconds < 60; seconds++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await body.Writer.WriteAsync(Piece.AsMemory(0, 1), TestContext.Current.CancellationToken);
        }

        (await draining).ShouldBeFalse();
        seconds.ShouldBe(30);
    }

    private static byte[] Head(string method, string path, string type, bool chunked, string accept = "*/*") => Encoding.ASCII.GetBytes(
        $"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\nContent-Type: {type}\r\n{(chunked ? "Transfer-Encoding: chunked" : $"Content-Length: {Length}")}\r\n\r\n");

    private async Task<string> SendAsync(string method, string path, string type, bool chunked, string accept = "*/*")
    {
        await using var stream = await kestrel.ConnectAsync();
        await stream.WriteAsync(Head(method, path, type, chunked, accept), TestContext.Current.CancellationToken);
        for (var sent = 0; sent < Length; sent += Piece.Length) await stream.WriteAsync(chunked ? Chunk : Piece, TestContext.Current.CancellationToken);
        if (chunked) await stream.WriteAsync("0\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        return await KestrelApi.ReadToEndAsync(stream);
    }
}
