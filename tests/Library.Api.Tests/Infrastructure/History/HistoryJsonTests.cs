using System.Text;
using System.Text.Json.Nodes;
using Library.Api.Infrastructure.History;

namespace Library.Api.Tests.Infrastructure.History;

public class HistoryJsonTests
{
    private const string State = """{"book": {"id": "0198c0de-0000-7000-8000-000000000001", "title": "T", "authorIds": []}""";

    [Theory]
    [InlineData("book_created", State + "}", """{"title":"T","authorIds":[]}""")]
    [InlineData("book_restored", State + "}", """{"title":"T","authorIds":[]}""")]
    [InlineData("book_deleted", State + "}", "{}")]
    [InlineData("book_updated", State + """, "changed": ["title", "description"]}""", """{"title":"T","description":null}""")]
    public void Changes_are_what_the_event_set(string type, string data, string changes)
    {
        var item = Write(new HistoryEvent(7, 3, type, new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), Encoding.UTF8.GetBytes(data), null))["items"]![0]!;
        item["changes"]!.ToJsonString().ShouldBe(changes);
        ((long?)item["position"]).ShouldBe(7);
        ((int?)item["version"]).ShouldBe(3);
        ((string?)item["at"]).ShouldBe("2026-01-02T03:04:05Z");
        item.AsObject().ContainsKey("operationId").ShouldBeFalse();
    }

    [Fact]
    public void Where_it_comes_from_is_told_and_the_trace_is_not()
    {
        var headers = """{"importId": "i", "causedBy": "c", "traceparent": "t"}""";
        var item = Write(new HistoryEvent(1, 1, "book_deleted", default, Encoding.UTF8.GetBytes(State + "}"), Encoding.UTF8.GetBytes(headers)))["items"]![0]!.AsObject();
        item.Select(field => field.Key).ShouldBe(["position", "type", "at", "version", "changes", "importId", "causedBy"]);
        ((string?)item["type"]).ShouldBe("BookDeleted");
    }

    private static JsonObject Write(HistoryEvent stored) => JsonNode.Parse(HistoryJson.Write([stored], "book", null).Span)!.AsObject();
}
