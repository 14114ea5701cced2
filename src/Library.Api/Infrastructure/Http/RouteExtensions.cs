using Library.Contracts;

namespace Library.Api.Infrastructure.Http;

/// <summary>What a route says about itself besides its handler: read by the request rules and by the OpenAPI document.</summary>
internal static class RouteExtensions
{
    /// <summary>GET, and HEAD, which is the same without the body.</summary>
    public static RouteHandlerBuilder MapRead(this IEndpointRouteBuilder routes, string pattern, Delegate handler) =>
        routes.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Head], handler);

    public static RouteHandlerBuilder TakesPreferWait(this RouteHandlerBuilder route) => route.WithMetadata(new PreferWaitRoute());

    /// <summary>Other media types than JSON alone; the first where the client has no wish.</summary>
    public static RouteHandlerBuilder Answers(this RouteHandlerBuilder route, IReadOnlyList<string> offers) => route.WithMetadata(new AnswerTypes(offers));

    public static RouteHandlerBuilder TakesQuery(this RouteHandlerBuilder route, params string[] names) => route.WithMetadata(new QueryParameters(names));

    /// <summary>Content codings of the body, besides none.</summary>
    public static RouteHandlerBuilder TakesContentEncoding(this RouteHandlerBuilder route, string encoding) => route.WithMetadata(new ContentEncodingRoute(encoding));

    /// <summary>The problems that this route may answer with. Every route may fail (500), limit (414, 431) or not be acceptable (406).</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses) route.Produces<Problem>(status, ProblemWriter.MediaType);
        return route;
    }
}

internal sealed class PreferWaitRoute;

internal sealed record ContentEncodingRoute(string Encoding);
