namespace Library.Api.Infrastructure.Reading;

internal static class ReadRoutes
{
    /// <summary>Honours <c>Library-Min-Position</c>; single reads and pages do anyway.</summary>
    public static RouteHandlerBuilder TakesMinPosition(this RouteHandlerBuilder route) => route.WithMetadata(new MinPositionRoute());
}

internal sealed class MinPositionRoute;
