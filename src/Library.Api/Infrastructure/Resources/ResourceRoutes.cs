namespace Library.Api.Infrastructure.Resources;

internal static class ResourceRoutes
{
    /// <summary>One resource, with an ETag, from the cache.</summary>
    public static RouteHandlerBuilder IsSingleRead(this RouteHandlerBuilder route) => route.WithMetadata(new SingleReadRoute());
}

internal sealed class SingleReadRoute;
