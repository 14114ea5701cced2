using Library.Api.Infrastructure.Http;
using Microsoft.Extensions.Primitives;

namespace Library.Api.Tests.Infrastructure.Http;

public class AcceptedTests
{
    [Theory]
    [InlineData(null, "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("application/json", "application/json")]
    [InlineData("text/event-stream", "text/event-stream")]
    [InlineData("text/*", "text/event-stream")]
    [InlineData("application/x-ndjson, */*;q=0.1", "application/x-ndjson")]
    [InlineData("application/json;q=0.2, text/event-stream;q=0.3", "text/event-stream")]
    [InlineData("text/html, */*;q=0.8", "application/json")]
    [InlineData("application/json;q=0, */*", "application/x-ndjson")]
    [InlineData("TEXT/Event-Stream", "text/event-stream")]
    [InlineData("application/json; charset=utf-8", "application/json")]
    [InlineData("application/json;charset=\"UTF-8\"", "application/json")]
    [InlineData("application/json; odata.metadata=minimal", "application/json")]
    [InlineData("application/x-ndjson; charset=utf-8; q=0.5, text/html", "application/x-ndjson")]
    [InlineData("application/json; q=0.1, application/json; charset=utf-8, */*;q=0.5", "application/json")]
    [InlineData("application/json; charset=utf-16", null)]
    [InlineData("what is this", "application/json")]
    [InlineData("text/html", null)]
    [InlineData("*/*;q=0", null)]
    public void The_client_chooses_among_the_offers(string? accept, string? expected) =>
        Accepted.Best(accept is null ? StringValues.Empty : accept, MediaTypes.OfEvents).ShouldBe(expected);

    [Theory]
    [InlineData("application/*", "application/json")]
    [InlineData("text/event-stream", null)]
    public void Where_there_is_one_it_is_that_or_none(string accept, string? expected) => Accepted.Best(accept, [MediaTypes.Json]).ShouldBe(expected);
}
