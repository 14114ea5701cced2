using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Lists;

namespace Library.Api.Features.Audit;

internal static class GetAuditEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead("/audit", HandleAsync)
        .WithName("GetAudit")
        .WithTags("Administration")
        .WithSummary("Compare all that is kept of the catalog")
        .WithDescription("Whether rows, documents, links, outcomes and the relay's position are as the events say: a page of resources, then pages of outcomes, each a bounded read of one snapshot, so that it may run on a live catalog. With since, only what has changed behind that position. Follow next to the end; the last page has the summary, and the position to give as since next time. A page may take 25 seconds.")
        .Produces<AuditResponse>()
        .IsPaged()
        .WithMetadata(new AuditRoute())
        .TakesQuery("limit", "after", "since")
        .Refuses(400, 503);

    private static async Task<IResult> HandleAsync(AuditRequest request, HttpContext http, AuditRun run)
    {
        http.Response.Headers.CacheControl = "no-store";
        var response = request.Since is { } since
            ? await run.ChangesAsync(since, request.Page, http.RequestAborted)
            : await run.EverythingAsync(request.Page, http.RequestAborted);
        return JsonResult.Of(StatusCodes.Status200OK, response, AuditJson.Responses.AuditResponse);
    }
}

internal sealed class AuditRoute;
