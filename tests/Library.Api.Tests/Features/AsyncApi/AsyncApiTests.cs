using System.Text.Json;
using System.Text.Json.Nodes;
using Library.Api.Tests.Infrastructure.Http;
using Library.Contracts;
using Library.Contracts.Events;
using Library.Contracts.Serialization;
using Library.Hosting.Events;

namespace Library.Api.Tests.Features.AsyncApi;

public class AsyncApiTests(ApiFactory api) : IClassFixture<ApiFactory>
{
    [Fact]
    public async Task Every_event_type_has_its_exchange_its_message_and_its_schema()
    {
        var document = await DocumentAsync();
        ((string?)document["asyncapi"]).ShouldBe("3.0.0");
        document["channels"]!.AsObject().Count.ShouldBe(EventType.All.Count);
        foreach (var type in EventType.All)
        {
            var channel = document["channels"]![type.Name]!;
            ((string?)channel["address"]).ShouldBe($"Library.Contracts.Events:{type.Name}");
            ((string?)channel["bindings"]!["amqp"]!["exchange"]!["type"]).ShouldBe("fanout");
            var operation = document["operations"]!["send" + type.Name]!;
            Resolve(document, operation["channel"]!).ShouldBeSameAs(channel);
            var message = Resolve(document, Resolve(document, operation["messages"]![0]!));
            ((string?)message["headers"]!["properties"]!["cloudEvents:type"]!["const"]).ShouldBe(type.Name);
            Resolve(document, message["payload"]!)["properties"]!.AsObject().ShouldNotBeEmpty();
        }
    }

    [Fact]
    public async Task Every_reference_leads_somewhere_and_every_field_is_described()
    {
        var document = await DocumentAsync();
        foreach (var node in Descendants(document).OfType<JsonObject>())
        {
            if (node.ContainsKey("$ref")) Resolve(document, node).ShouldNotBeNull(node.GetPath());
            if (node.Parent is JsonObject { Parent: JsonObject } parent && parent.GetPropertyName() == "properties") ((string?)node["description"]).ShouldNotBeNullOrWhiteSpace(node.GetPath());
        }

        foreach (var message in document["components"]!["messages"]!.AsObject()) ((string?)message.Value!["summary"]).ShouldNotBeNullOrWhiteSpace(message.Key);
    }

    [Fact]
    public async Task A_schema_fits_what_is_sent()
    {
        var document = await DocumentAsync();
        var book = new BookState { Id = Guid.CreateVersion7(), Title = "T", Contributors = Contributor.Authors([Guid.CreateVersion7()]) };
        var least = JsonSerializer.SerializeToNode(new BookUpdated { Book = book, Changed = ["title"] }, LibraryJson.Options)!.AsObject();
        var most = JsonSerializer.SerializeToNode(
            new BookUpdated { Book = book with { Description = "D", PublishDate = "2000-01-01" }, Changed = ["title"], OperationId = Guid.CreateVersion7(), ImportId = Guid.CreateVersion7(), CausedBy = Guid.CreateVersion7(), Actor = "ann" },
            LibraryJson.Options)!.AsObject();
        var schema = document["components"]!["schemas"]!["BookUpdated"]!;
        Names(schema["required"]!).ShouldBe(least.Select(field => field.Key), ignoreOrder: true);
        schema["properties"]!.AsObject().Select(field => field.Key).ShouldBe(most.Select(field => field.Key), ignoreOrder: true);
        Names(schema["properties"]!["book"]!["required"]!).ShouldBe(least["book"]!.AsObject().Select(field => field.Key), ignoreOrder: true);
        ((string?)schema["properties"]!["book"]!["properties"]!["publishDate"]!["type"]).ShouldBe("string");
        ((string?)schema["properties"]!["operationId"]!["type"]).ShouldBe("string");
        ((string?)schema["properties"]!["position"]!["type"]).ShouldBe("integer");
    }

    private async Task<JsonObject> DocumentAsync()
    {
        var answer = await api.CreateClient().GetAsync(new Uri("/asyncapi.json", UriKind.Relative), TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        return await answer.JsonAsync();
    }

    private static JsonNode Resolve(JsonNode document, JsonNode reference) =>
        ((string)reference["$ref"]!).Split('/').Skip(1).Aggregate(document, (node, name) => node[name]!);

    private static IEnumerable<string?> Names(JsonNode names) => names.AsArray().Select(name => (string?)name);

    private static IEnumerable<JsonNode> Descendants(JsonNode? node)
    {
        if (node is null) return [];
        var children = node switch { JsonObject fields => fields.Select(field => field.Value), JsonArray items => items, _ => [] };
        return children.SelectMany(Descendants).Prepend(node);
    }
}
