using Library.Api.Infrastructure.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Library.Api.Infrastructure.OpenApi;

/// <summary>Says of requests what their C# types cannot: a required field is no null, and a patch requires none.</summary>
internal sealed class SchemaDetails : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var name in schema.Required ?? Enumerable.Empty<string>())
            if (schema.Properties?[name] is OpenApiSchema field) field.Type &= ~JsonSchemaType.Null;
        if (context.JsonTypeInfo.Type.IsAssignableTo(typeof(IMergePatch))) schema.Required = null;
        return Task.CompletedTask;
    }
}
