using Library.Api.Infrastructure.Http;

namespace Library.Api.Infrastructure.Lists;

internal static class ListRoutes
{
    /// <summary>A page of a list.</summary>
    public static RouteHandlerBuilder IsPageRead(this RouteHandlerBuilder route) => route.IsPaged().WithMetadata(new PageReadRoute());

    /// <summary>Page after page, by <c>limit</c> and <c>after</c>.</summary>
    public static RouteHandlerBuilder IsPaged(this RouteHandlerBuilder route) => route
        .WithMetadata(new PagedRoute())
        .TakesQuery("limit", "after");

    /// <summary>A page of a list that may be sorted, filtered and searched, with an ETag, from the cache.</summary>
    public static RouteHandlerBuilder IsPageRead(this RouteHandlerBuilder route, ListType list) => route
        .WithMetadata(new PagedRoute(), new PageReadRoute(), new ListRoute(list))
        .TakesQuery([.. list.Parameters])
        .Produces(StatusCodes.Status304NotModified);
}

internal sealed class PageReadRoute;

internal sealed record ListRoute(ListType List);

internal sealed class PagedRoute;
