using System.Text.Json.Nodes;
using Library.Api.Infrastructure.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Library.Api.Infrastructure.OpenApi;

/// <summary>Adds to schemas what their C# types cannot express: a required field is not nullable, a patch requires no field, and formats of strings.</summary>
internal sealed class SchemaDetails : IOpenApiSchemaTransformer
{
    /// <summary>By the field's name: what a reader could not guess from its type.</summary>
    private static readonly Dictionary<string, JsonNode> Examples = new()
    {
        ["birthDate"] = "1929-10-21",
        ["deathDate"] = "2018",
        ["publishDate"] = "1968/1972",
        ["kind"] = "person",
        ["languages"] = new JsonArray("eng"),
        ["scheme"] = "isbn",
        ["value"] = "9780306406157",
        ["role"] = "aut",
    };

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var name in schema.Required ?? Enumerable.Empty<string>())
            if (schema.Properties?[name] is OpenApiSchema field) field.Type &= ~JsonSchemaType.Null;
        if (context.JsonPropertyInfo is { } property && Examples.TryGetValue(property.Name, out var example) && schema.Type?.HasFlag(JsonSchemaType.Object) != true) schema.Examples = [example.DeepClone()];
        if (context.JsonTypeInfo.Type.IsAssignableTo(typeof(IMergePatch))) schema.Required = null;
        return Task.CompletedTask;
    }
}
