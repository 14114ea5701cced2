using System.Text.Json.Serialization.Metadata;
using Library.Api.Infrastructure.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Library.Api.Infrastructure.OpenApi;

/// <summary>Says of requests what their C# types cannot: a required field is no null, and a field of a patch is the value that it takes.</summary>
internal sealed class SchemaDetails : IOpenApiSchemaTransformer
{
    /// <summary>The types of patch fields are ours alone: a reader of the document sees the values.</summary>
    public static string? ReferenceId(JsonTypeInfo type) => IsPatched(type.Type) ? null : OpenApiOptions.CreateDefaultSchemaReferenceId(type);

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var name in schema.Required ?? Enumerable.Empty<string>())
            if (schema.Properties?[name] is OpenApiSchema field) field.Type &= ~JsonSchemaType.Null;
        if (IsPatched(context.JsonTypeInfo.Type)) DescribePatch(schema, context.JsonTypeInfo.Type.GetGenericArguments()[0]);
        return Task.CompletedTask;
    }

    private static void DescribePatch(OpenApiSchema schema, Type value)
    {
        schema.Properties = null;
        schema.Required = null;
        // Fields of one type share their schema, so null is here even where the field, as its description says, refuses it.
        schema.Type = JsonSchemaType.String | JsonSchemaType.Null;
        if (value == typeof(DateOnly?)) schema.Format = "date";
        if (value != typeof(IReadOnlyList<Guid>)) return;
        schema.Type = JsonSchemaType.Array | JsonSchemaType.Null;
        schema.Items = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" };
        (schema.MinItems, schema.MaxItems, schema.MinLength, schema.MaxLength) = (schema.MinLength, schema.MaxLength, null, null);
    }

    private static bool IsPatched(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Patched<>);
}
