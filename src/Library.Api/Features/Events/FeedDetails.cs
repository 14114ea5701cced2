using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Lists;
using Library.Api.Infrastructure.OpenApi;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Library.Api.Features.Events;

/// <summary>Parameters, headers and media types of the feed.</summary>
internal sealed class FeedDetails : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<FeedRoute>().Any()) Describe(operation, operation.Responses!);
        return Task.CompletedTask;
    }

    private static void Describe(OpenApiOperation operation, OpenApiResponses responses)
    {
        operation.AddQuery("after", "Position after which to begin; 0: at the first event. Left out: at the first event, of a live stream with the next one.", "0");
        operation.AddQuery("types", "Only events of these types, with commas between them.", "AuthorCreated,BookDeleted");
        operation.AddQuery("limit", $"Events at most, 1–{PageRequest.MaxLimit}, default {PageRequest.DefaultLimit}; of NDJSON 1 and more, default all; not for a live stream.", "50");
        operation.AddHeader(FeedRequest.LastEventId, "Where a live stream broke off; counts more than after.", "42");
        responses.AddHeader("200", "Link", "The next page of JSON, rel=next (RFC 8288); not on the last page.");
        if (responses["200"] is not OpenApiResponse { Content: { } content }) return;
        content[MediaTypes.NdJson] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Description = "A CloudEvent as JSON on each line." } };
        content[MediaTypes.EventStream] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Server-Sent Events: id, event, and data with a CloudEvent as JSON." } };
    }
}
