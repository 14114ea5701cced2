using Library.Cli.Infrastructure.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Library.Cli.Tests.Features.Events;

public sealed class TailCommandTests
{
    /// <summary>A connection each: what it is asked, and what it says before it breaks.</summary>
    private readonly List<(string Query, string? LastEventId)> _asked = [];

    [Fact]
    public async Task A_broken_feed_is_resumed_after_the_last_whole_event()
    {
        await using var service = await StartAsync(
            "id: 7\n\n",
            "id: 9\nevent: AuthorCreated\ndata: {\"n\":9}\n\nid: 12\nevent: BookCreated\nda",
            "id: 12\nevent: BookCreated\ndata: {\"n\":12}\n\n: still here\nid: 15\n\n");
        var run = await service.RunAsync("tail", "--json", "--types", "AuthorCreated,BookCreated");

        run.Lines.ShouldBe(["""{"n":9}""", """{"n":12}"""]);
        _asked.Select(asked => asked.LastEventId).ShouldBe([null, "7", "9", "15"]);
        _asked.Select(asked => asked.Query).Distinct().ShouldBe(["?types=AuthorCreated%2CBookCreated"]);
        run.Error.ShouldContain("resumed after 9");
        // The fake has no more to say, and refuses.
        run.Code.ShouldBe(ExitCodes.Refused);
    }

    [Fact]
    public async Task People_see_a_line_an_event_with_control_characters_made_visible()
    {
        await using var service = await StartAsync(
            "id: 3\nevent: AuthorCreated\ndata: {\"time\":\"2026-01-01T00:00:00Z\",\"subject\":\"authors/x\",\"data\":{\"author\":{\"name\":\"Evil\\u001b[2J\"}}}\n\n");
        var run = await service.RunAsync("tail", "--after", "0");

        run.Lines.ShouldBe(["3 2026-01-01T00:00:00Z AuthorCreated   authors/x Evil\u241b[2J"]);
        _asked[0].LastEventId.ShouldBe("0");
    }

    private Task<FakeService> StartAsync(params string[] connections) => FakeService.StartAsync(app => app.MapGet("/v1/events", async (HttpContext http) =>
    {
        _asked.Add((http.Request.QueryString.Value!, http.Request.Headers["Last-Event-ID"]));
        if (_asked.Count > connections.Length)
        {
            await FakeAnswers.Problem(400, "malformed", "Enough.").ExecuteAsync(http);
            return;
        }

        await http.BreakOffAsync("text/event-stream", connections[_asked.Count - 1]);
    }));
}
