using System.Text.Json.Nodes;
using Library.Hosting.Events;

namespace Library.Api.Features.AsyncApi;

/// <summary>The contract for consumers of the broker's events, as an AsyncAPI 3.0 document generated from the contracts assembly.</summary>
internal static class AsyncApiDocument
{
    public static JsonObject Make() => new()
    {
        ["asyncapi"] = "3.0.0",
        ["info"] = new JsonObject
        {
            ["title"] = "Library events",
            ["version"] = "v1",
            ["description"] = """
                Every change of the catalog as an event, one durable fan-out exchange each type: bind a queue of your own. Delivery is at least
                once, first deliveries in position order per queue, a repeat may come late: ignore every position not greater than the last one
                handled. Events only ever gain fields: ignore those that you do not know. The same events can be read and followed over HTTP at
                /v1/events.
                """.ReplaceLineEndings(" "),
            ["license"] = new JsonObject { ["name"] = "Apache-2.0" },
        },
        ["defaultContentType"] = "application/json",
        ["channels"] = Each(type => new JsonObject
        {
            ["address"] = type.Exchange,
            ["messages"] = new JsonObject { [type.Name] = Reference("components/messages", type) },
            ["bindings"] = new JsonObject
            {
                ["amqp"] = new JsonObject
                {
                    ["is"] = "routingKey",
                    ["exchange"] = new JsonObject { ["name"] = type.Exchange, ["type"] = "fanout", ["durable"] = true, ["autoDelete"] = false },
                    ["bindingVersion"] = "0.3.0",
                },
            },
        }),
        ["operations"] = new JsonObject(EventType.All.Select(type => KeyValuePair.Create<string, JsonNode?>("send" + type.Name, new JsonObject
        {
            ["action"] = "send",
            ["channel"] = Reference("channels", type),
            ["messages"] = new JsonArray(Reference($"channels/{type.Name}/messages", type)),
            ["bindings"] = new JsonObject { ["amqp"] = new JsonObject { ["deliveryMode"] = 2, ["timestamp"] = true, ["bindingVersion"] = "0.3.0" } },
        }))),
        ["components"] = new JsonObject
        {
            ["messages"] = Each(type => new JsonObject
            {
                ["name"] = type.Name,
                ["title"] = type.Name,
                ["summary"] = ContractComments.Of(type.Clr),
                ["contentType"] = "application/json",
                ["headers"] = Headers(type),
                ["payload"] = Reference("components/schemas", type),
                ["bindings"] = new JsonObject { ["amqp"] = new JsonObject { ["messageType"] = type.Urn, ["bindingVersion"] = "0.3.0" } },
            }),
            ["schemas"] = Each(type => EventSchema.Of(type.Clr)),
        },
    };

    private static JsonObject Each(Func<EventType, JsonNode> make) => new(EventType.All.Select(type => KeyValuePair.Create<string, JsonNode?>(type.Name, make(type))));

    private static JsonObject Reference(string where, EventType type) => new() { ["$ref"] = $"#/{where}/{type.Name}" };

    /// <summary>The AMQP headers: CloudEvents for everyone, MT-MessageType for MassTransit's consumers.</summary>
    private static JsonObject Headers(EventType type) => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray([.. CloudEventHeaders(type).Select(header => header.Key), "MT-MessageType"]),
        ["properties"] = new JsonObject(CloudEventHeaders(type))
        {
            ["MT-MessageType"] = Text("The type for MassTransit's consumers.", constant: type.Urn),
            ["traceparent"] = Text("Trace of the request that the event stems from (W3C Trace Context)."),
        },
    };

    private static KeyValuePair<string, JsonNode?>[] CloudEventHeaders(EventType type) =>
    [
        new("cloudEvents:specversion", Text("Version of CloudEvents.", constant: CloudEvents.SpecVersion)),
        new("cloudEvents:id", Text("The event's id, which is the AMQP message-id as well.", "uuid")),
        new("cloudEvents:source", Text("Where the event comes from.", constant: CloudEvents.Source)),
        new("cloudEvents:type", Text("The event's type.", constant: type.Name)),
        new("cloudEvents:subject", Text("Path of the resource that the event is about.", "uri-reference")),
        new("cloudEvents:time", Text("When it happened (UTC).", "date-time")),
        new("cloudEvents:sequence", Text("The position as 19 digits, so that texts sort as positions do.")),
    ];

    private static JsonObject Text(string description, string? format = null, string? constant = null)
    {
        var schema = new JsonObject { ["type"] = "string", ["description"] = description };
        if (format is not null) schema["format"] = format;
        if (constant is not null) schema["const"] = constant;
        return schema;
    }
}
