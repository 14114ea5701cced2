using Library.Api.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Library.Api.OpenApi;

/// <summary>A field of a merge patch is described as the value that it takes, null included.</summary>
internal sealed class SchemaDetails : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(Patched<>)) return Task.CompletedTask;
        var value = type.GetGenericArguments()[0];
        schema.Properties = null;
        schema.Required = null;
        if (value == typeof(IReadOnlyList<Guid>))
        {
            schema.Type = JsonSchemaType.Array;
            schema.Items = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" };
            return Task.CompletedTask;
        }

        schema.Type = JsonSchemaType.String | JsonSchemaType.Null;
        if (value == typeof(DateOnly?)) schema.Format = "date";
        return Task.CompletedTask;
    }
}
