using Library.Api.Features.Exports;
using Library.Api.Infrastructure.Commands;
using Library.Api.Infrastructure.OpenApi;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Library.Api.Features.Imports;

/// <summary>Headers and query parameters of imports and exports, out of the routes' own marks.</summary>
internal sealed class ImportDetails : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var route = context.Description.ActionDescriptor.EndpointMetadata;
        if (route.OfType<ImportUploadRoute>().Any()) DescribeUpload(operation);
        if (route.OfType<ImportPageRoute>().Any()) DescribePage(operation);
        if (route.OfType<ExportRoute>().Any()) DescribeExport(operation);
        return Task.CompletedTask;
    }

    private static void DescribeUpload(OpenApiOperation operation)
    {
        var responses = operation.Responses!;
        if (responses["202"] is OpenApiResponse accepted) accepted.Description = "Accepted: every record is safely stored and will be applied, or refused with a reason.";
        if (responses["409"] is OpenApiResponse conflict) conflict.Description = "The first request with this Idempotency-Key is still sending.";
        OperationDetails.Add(operation, ParameterLocation.Query, "dryRun", "true: check every record and count what would be; change nothing. Default: false.", "true");
        OperationDetails.AddHeader(operation, "Content-Encoding", "gzip, or none.", "gzip");
        OperationDetails.AddHeader(operation, IdempotencyKey.Header, "Makes the upload safe to repeat: the same key with the same body is one import; an upload that broke off starts over. With another body: 422.", "\"2026-01-31-catalog\"");
        OperationDetails.AddResponseHeader(responses, "202", "Location", "The import, which tells how far it is.");
        OperationDetails.AddResponseHeader(responses, "202", "Retry-After", "Seconds after which asking makes sense.");
    }

    private static void DescribePage(OpenApiOperation operation)
    {
        OperationDetails.Add(operation, ParameterLocation.Query, "limit", $"Imports a page, 1–{ImportPageRequest.MaxLimit}; default {ImportPageRequest.DefaultLimit}.", "50");
        OperationDetails.Add(operation, ParameterLocation.Query, "after", "The cursor next of the page before.", null);
        OperationDetails.AddResponseHeader(operation.Responses!, "200", "Link", "The next page, rel=next (RFC 8288); not on the last page.");
    }

    private static void DescribeExport(OpenApiOperation operation)
    {
        OperationDetails.Add(operation, ParameterLocation.Query, "type", "author or book: only these. Default: both, authors first.", "author");
        OperationDetails.Add(operation, ParameterLocation.Query, "format", "ndjson or csv; counts more than Accept. Default: ndjson.", "csv");
    }
}
