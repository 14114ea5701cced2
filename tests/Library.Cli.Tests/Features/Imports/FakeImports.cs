using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Library.Cli.Tests.Features.Imports;

internal sealed record Upload(string Key, string? ContentType, string? Encoding, string Query, string Body);

/// <summary>The routes of imports: an upload becomes an import by its key, and ends as the test says.</summary>
internal sealed class FakeImports
{
    public static readonly Guid Id = Guid.Parse("0199a2f0-7c1b-7e4a-9a55-0d8f3c5b6e21");

    private readonly ConcurrentDictionary<string, string> _byKey = new();

    public ConcurrentQueue<Upload> Uploads { get; } = new();

    /// <summary>Answers in the middle of an upload, and takes no more of it.</summary>
    public IResult? Refusal { get; set; }

    /// <summary>How many uploads are still to be cut off in the middle.</summary>
    public int Breaks { get; set; }

    /// <summary>What the watching client is told in each of its connections; each ends abruptly, but for the last.</summary>
    public Queue<string[]> Progress { get; } = new();

    public static string State(string status, int applied = 0, int refused = 0, string startedAt = "2999-01-01T00:00:00Z") =>
        $$"""{"id":"{{Id}}","status":"{{status}}","dryRun":false,"received":3,"applied":{{applied}},"unchanged":0,"refused":{{refused}},"total":3,"bytes":30,"recordsPerSecond":1.5,"etaSeconds":2.0,"startedAt":"{{startedAt}}"}""";

    public void Map(WebApplication app)
    {
        app.MapPost("/v1/imports", (Delegate)ReceiveAsync);
        app.MapGet("/v1/imports/{id:guid}/progress", FollowAsync);
    }

    private async Task<IResult> ReceiveAsync(HttpContext http)
    {
        var request = http.Request;
        if (Breaks-- > 0)
        {
            await request.Body.ReadExactlyAsync(new byte[1]);
            http.Abort();
            return Results.Empty;
        }

        if (Refusal is not null)
        {
            await request.Body.ReadExactlyAsync(new byte[1]);
            // Else the server would go on to read for a while.
            http.Response.Headers.Connection = "close";
            return Refusal;
        }

        await using var body = new GZipStream(request.Body, CompressionMode.Decompress);
        using var text = new StreamReader(body, Encoding.UTF8);
        var upload = new Upload(request.Headers["Idempotency-Key"]!, request.ContentType, request.Headers.ContentEncoding, request.QueryString.Value!, await text.ReadToEndAsync());
        Uploads.Enqueue(upload);
        return FakeAnswers.Json(_byKey.TryAdd(upload.Key, "") ? State("running") : State("succeeded", applied: 3, startedAt: "2020-01-01T00:00:00Z"), 202);
    }

    private async Task FollowAsync(HttpContext http)
    {
        var text = string.Concat(Progress.Dequeue().Select(state => $": still here\n\nevent: progress\ndata: {state}\n\n"));
        await (Progress.Count == 0 ? http.StreamAsync(text) : http.BreakOffAsync("text/event-stream", text));
    }
}
