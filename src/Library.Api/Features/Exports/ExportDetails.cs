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
        operation.AddQuery("excel", "safe: in CSV, a text that a spreadsheet would take for a formula (it begins with = + - @, a tab or a line end) gets an apostrophe before it. Such a file is for people, not to be imported again.", "safe");
    }
}
