using Library.Api.Features.Imports;
using Library.Api.Infrastructure.Http;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace Library.Api.Infrastructure.OpenApi;

internal static class OpenApiModule
{
    public static void AddApiDocument(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            // The document's schemas are made with these; requests and answers have their own.
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ResponseJsonContext.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, RequestJsonContext.Default);
            json.SerializerOptions.NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict;
        });
        builder.Services.AddOpenApi("v1", options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.CreateSchemaReferenceId = SchemaDetails.ReferenceId;
            options.AddDocumentTransformer<DocumentInfo>();
            options.AddOperationTransformer<OperationDetails>();
            options.AddOperationTransformer<ImportDetails>();
            options.AddSchemaTransformer<SchemaDetails>();
        });
    }

    /// <summary>The document, and a reference to read it in that loads nothing from elsewhere.</summary>
    public static void MapApiDocument(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapScalarApiReference("/docs", scalar =>
        {
            scalar.WithTitle("Library").WithOpenApiRoutePattern("/openapi/{documentName}.json").DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp();
        });
        app.MapGet("/", () => Results.Redirect("/docs")).ExcludeFromDescription();
    }
}
