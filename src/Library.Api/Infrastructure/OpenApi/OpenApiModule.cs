using System.Text.Json.Serialization;
using Library.Api.Infrastructure.Access;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace Library.Api.Infrastructure.OpenApi;

internal static class OpenApiModule
{
    private const string Name = "v1";

    /// <summary>Before the features, which add to it.</summary>
    public static void AddApiDocument(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        builder.Services.AddOpenApi(Name, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.AddDocumentTransformer<DocumentInfo>();
            options.AddOperationTransformer<OperationDetails>();
            options.AddSchemaTransformer<SchemaDetails>();
        });
    }

    /// <summary>What a feature adds to the description of its own routes, after what holds for all routes.</summary>
    public static IServiceCollection AddOperationDetails<T>(this IServiceCollection services)
        where T : IOpenApiOperationTransformer => services.Configure<OpenApiOptions>(Name, options => options.AddOperationTransformer<T>());

    /// <summary>The document, and a reference to read it in that loads nothing from elsewhere.</summary>
    public static void MapApiDocument(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapScalarApiReference("/docs", scalar =>
        {
            scalar.WithTitle("Library").WithOpenApiRoutePattern("/openapi/{documentName}.json").DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp();
        }).WithReferencePolicy();
        app.MapGet("/", () => Results.Redirect("/docs")).ExcludeFromDescription();
    }
}
