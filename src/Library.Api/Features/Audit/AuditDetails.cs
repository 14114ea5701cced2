using Library.Api.Infrastructure.OpenApi;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Library.Api.Features.Audit;

/// <summary>The audit's own query parameter.</summary>
internal sealed class AuditDetails : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<AuditRoute>().Any())
            operation.AddQuery("since", "Only authors and books with events behind this position, and operations decided behind it: the position that the last page of a run before named.", "42");
        return Task.CompletedTask;
    }
}
