using Microsoft.OpenApi;

namespace Library.Api.Infrastructure.OpenApi;

/// <summary>Short ways to describe an operation.</summary>
internal static class OpenApiOperations
{
    public static void AddQuery(this OpenApiOperation operation, string name, string description, string? example) =>
        operation.Add(ParameterLocation.Query, name, description, example);

    public static void AddHeader(this OpenApiOperation operation, string name, string description, string example) =>
        operation.Add(ParameterLocation.Header, name, description, example);

    /// <summary>A header of the answer with this status, where the operation has such an answer.</summary>
    public static void AddHeader(this OpenApiResponses responses, string status, string name, string description)
    {
        if (responses.TryGetValue(status, out var response) && response is OpenApiResponse own)
            (own.Headers ??= new Dictionary<string, IOpenApiHeader>())[name] = new OpenApiHeader { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
    }

    private static void Add(this OpenApiOperation operation, ParameterLocation where, string name, string description, string? example) =>
        (operation.Parameters ??= []).Add(new OpenApiParameter
        {
            Name = name,
            In = where,
            Description = description,
            Example = example,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });
}
