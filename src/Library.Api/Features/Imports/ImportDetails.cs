using Library.Api.Infrastructure.Commands;
using Library.Api.Infrastructure.OpenApi;
using Library.Contracts.Imports;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Library.Api.Features.Imports;

/// <summary>Headers and query parameters of imports, derived from the routes' metadata.</summary>
internal sealed class ImportDetails : IOpenApiOperationTransformer
{
    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var route = context.Description.ActionDescriptor.EndpointMetadata;
        if (route.OfType<ImportUploadRoute>().Any())
        {
            DescribeUpload(operation);
            await DescribeRecordAsync(operation, context, cancellationToken);
        }


        if (route.OfType<ImportPageRoute>().Any()) DescribePage(operation);
    }

    private static void DescribeUpload(OpenApiOperation operation)
    {
        var responses = operation.Responses!;
        if (responses["202"] is OpenApiResponse accepted) accepted.Description = "Accepted: every record is safely stored and will be applied, or refused with a reason.";
        if (responses["409"] is OpenApiResponse conflict) conflict.Description = "The first request with this Idempotency-Key is still sending.";
        operation.AddQuery("dryRun", "true: check every record and count what would be; change nothing. Default: false.", "true");
        operation.AddQuery("format", "ndjson or csv: what the body is; counts more than Content-Type.", "csv");
        operation.AddHeader("Content-Encoding", "gzip, or none.", "gzip");
        operation.AddHeader(IdempotencyKey.Header, "Makes the upload safe to repeat: the same key with the same body is one import; an upload that broke off starts over. With another body: 422.", "\"2026-01-31-catalog\"");
        responses.AddHeader("202", "Location", "The import, which tells how far it is.");
        responses.AddHeader("202", "Retry-After", "Seconds after which asking makes sense.");
    }

    private static async Task DescribeRecordAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var record = new OpenApiSchema
        {
            Description = "A record: an author or a book. NDJSON: one on each line. CSV: a header row with the fields' names; items of a list separated by semicolons, or the list as in JSON.",
            OneOf =
            [
                await context.GetOrCreateSchemaAsync(typeof(AuthorRecord), null, cancellation),
                await context.GetOrCreateSchemaAsync(typeof(BookRecord), null, cancellation),
            ],
        };
        foreach (var content in operation.RequestBody!.Content!.Values) content.Schema = record;
    }

    private static void DescribePage(OpenApiOperation operation)
    {
        operation.AddQuery("limit", $"Imports a page, 1–{ImportPageRequest.MaxLimit}; default {ImportPageRequest.DefaultLimit}.", "50");
        operation.AddQuery("after", "The cursor next of the page before.", null);
        operation.Responses!.AddHeader("200", "Link", "The next page, rel=next (RFC 8288); not on the last page.");
    }
}
