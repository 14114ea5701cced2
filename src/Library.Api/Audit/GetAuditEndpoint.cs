using Library.Api.Http;
using Library.Api.Lists;
using Library.Api.Reading;

namespace Library.Api.Audit;

internal static class GetAuditEndpoint
{
    private const string Resources = "audit:resources";
    private const string Operations = "audit:operations";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead("/audit", HandleAsync)
        .WithName("GetAudit")
        .WithTags("Administration")
        .WithSummary("Compare all that is kept of the catalog")
        .WithDescription("Whether rows, documents, links, outcomes and the relay's position are as the events say: a page of resources, then pages of outcomes, each a bounded read of one snapshot, so that it may run on a live catalog. Follow next to the end; the last page has the summary.")
        .Produces<AuditResponse>()
        .IsPaged()
        .Refuses(400, 503);

    private static async Task<IResult> HandleAsync(PageRequest page, HttpContext http, AuditReader audit, Cursors cursors)
    {
        http.Response.Headers.CacheControl = "no-store";
        var (response, next) = page.After is { } cursor && cursors.TryRead(Operations, cursor, out var operation)
            ? await OperationsAsync(audit, operation!.Id, page.Limit, http.RequestAborted)
            : await ResourcesAsync(audit, page.StartOf(Resources, cursors), page.Limit, http.RequestAborted);
        if (next is var (list, last)) response = response with { Next = cursors.Write(list, new PageKey(null, last)) };
        return JsonResult.Of(StatusCodes.Status200OK, response, ResponseJson.Types.AuditResponse);
    }

    private static async Task<(AuditResponse, (string, Guid)?)> ResourcesAsync(AuditReader audit, Guid after, int limit, CancellationToken cancellation)
    {
        var (last, response) = await audit.ResourcesAsync(after, limit, cancellation);
        return (response, response.Resources == limit ? (Resources, last!.Value) : (Operations, Guid.Empty));
    }

    private static async Task<(AuditResponse, (string, Guid)?)> OperationsAsync(AuditReader audit, Guid after, int limit, CancellationToken cancellation)
    {
        var (last, response) = await audit.OperationsAsync(after, limit, cancellation);
        if (response.Operations == limit) return (response, (Operations, last!.Value));
        response = response with { Summary = await audit.SummaryAsync(cancellation) };
        if (RelayFinding(response.Summary) is { } finding) response = response with { Lost = response.Lost + 1, Offenders = [.. response.Offenders.Take(99), finding] };
        return (response, null);
    }

    private static AuditFinding? RelayFinding(AuditSummary summary) => summary.RelayedPosition >= 0 && summary.RelayedPosition <= summary.LastPosition
        ? null
        : new AuditFinding { Kind = "lost", Resource = "relay", What = "The relay's position is missing, or lies behind the last event: events will not be published." };
}
