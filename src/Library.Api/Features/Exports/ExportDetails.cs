using Library.Api.Infrastructure.OpenApi;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Library.Api.Features.Exports;

/// <summary>Query parameters of the export.</summary>
internal sealed class ExportDetails : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<ExportRoute>().Any()) Describe(operation);
        return Task.CompletedTask;
    }

    private static void Describe(OpenApiOperation operation)
    {
        operation.AddQuery("type", "author or book: only these. Default: both, authors first.", "author");
        operation.AddQuery("format", "ndjson or csv; counts more than Accept. Default: ndjson.", "csv");
    }
}
