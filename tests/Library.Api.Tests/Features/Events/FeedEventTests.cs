using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Library.Api.Features.Events;

namespace Library.Api.Tests.Features.Events;

public class FeedEventTests
{
    [Fact]
    public async Task A_message_is_one_event_with_the_position_as_its_id()
    {
        var made = FeedEvent.Of(Feeds.Stored(42));
        using var body = new MemoryStream(made.Message.ToArray());
        var message = await SseParser.Create(body).EnumerateAsync(TestContext.Current.CancellationToken).SingleAsync(TestContext.Current.CancellationToken);
        message.EventId.ShouldBe("42");
        message.EventType.ShouldBe("AuthorCreated");
        message.Data.ShouldBe(System.Text.Encoding.UTF8.GetString(made.Json.Span));
    }

    [Fact]
    public void Its_JSON_is_a_CloudEvent_around_the_event()
    {
        var stored = Feeds.Stored(42);
        var json = JsonNode.Parse(FeedEvent.Of(stored).Json.Span)!.AsObject();
        json.Select(attribute => attribute.Key).ShouldBe(["specversion", "id", "source", "type", "subject", "time", "datacontenttype", "sequence", "data"]);
        ((string?)json["specversion"]).ShouldBe("1.0");
        ((Guid?)json["id"]).ShouldBe(stored.EventId);
        ((string?)json["subject"]).ShouldBe("/v1/authors/0198c0de-0000-7000-8000-000000000001");
        ((string?)json["time"]).ShouldBe("2026-01-02T03:04:05.678000Z");
        ((string?)json["sequence"]).ShouldBe("0000000000000000042");
        ((long?)json["data"]!["position"]).ShouldBe(42);
        ((long?)json["data"]!["previousPosition"]).ShouldBe(41);
        ((string?)json["data"]!["author"]!["name"]).ShouldBe("é\n");
    }

    [Fact]
    public void A_type_of_a_newer_version_is_told_all_the_same()
    {
        var json = JsonNode.Parse(FeedEvent.Of(Feeds.Stored(1, "book_merged_twice", """{"book": {}}""")).Json.Span)!;
        ((string?)json["type"]).ShouldBe("BookMergedTwice");
        ((string?)json["subject"]).ShouldStartWith("/v1/books/");
    }
}
