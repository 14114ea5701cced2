using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Library.Contracts.Serialization;

namespace Library.Api.Features.AsyncApi;

/// <summary>JSON Schema of a contract as it appears on the wire: unset properties are omitted, never null; all others are always present.</summary>
internal static class EventSchema
{
    private static readonly JsonSchemaExporterOptions Options = new() { TransformSchemaNode = Transform };

    public static JsonNode Of(Type contract) => LibraryJson.Options.GetJsonSchemaAsNode(contract, Options);

    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode node)
    {
        if (node is not JsonObject schema) return node;
        if (schema["type"] is JsonArray types) schema["type"] = types.First(type => (string?)type != "null")!.DeepClone();
        var always = context.TypeInfo.Properties.Where(property => !property.IsGetNullable).Select(property => (JsonNode?)property.Name).ToArray();
        if (schema["properties"] is not null) schema["required"] = new JsonArray(always);
        if (context.PropertyInfo?.AttributeProvider is System.Reflection.PropertyInfo property && ContractComments.Of(property) is { } comment) schema["description"] = comment;
        return schema;
    }
}
