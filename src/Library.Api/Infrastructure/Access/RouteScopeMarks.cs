using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Library.Api.Infrastructure.Access;

/// <summary>The scope that a route requires: one of <see cref="Scopes"/>.</summary>
internal sealed record ScopeMark(string Scope);

internal static class RouteScopeMarks
{
    /// <summary>A group whose routes each get their scope from the table, whatever metadata they have.</summary>
    public static RouteGroupBuilder MapScoped(this WebApplication app)
    {
        var isGuarded = app.Services.GetRequiredService<IOptions<AuthOptions>>().Value.Mode != AuthMode.None;
        var group = app.MapGroup("");
        // At the end, when a route has all its methods.
        ((IEndpointConventionBuilder)group).Finally(endpoint => Mark(endpoint, isGuarded));
        return group;
    }

    private static void Mark(EndpointBuilder endpoint, bool isGuarded)
    {
        if (endpoint is not RouteEndpointBuilder route) return;
        var methods = route.Metadata.OfType<HttpMethodMetadata>().SelectMany(mark => mark.HttpMethods);
        var scope = RouteScopes.Of(route.RoutePattern.RawText, methods);
        route.Metadata.Add(new ScopeMark(scope));
        // Monitoring must not be rate limited.
        if (route.RoutePattern.RawText?.StartsWith("/health/", StringComparison.Ordinal) == true) route.Metadata.Add(new DisableRateLimitingAttribute());
        if (!isGuarded) return;
        for (var i = route.Metadata.Count - 1; i >= 0; i--)
            if (route.Metadata[i] is IAuthorizeData or IAllowAnonymous) route.Metadata.RemoveAt(i);
        route.Metadata.Add(scope == Scopes.Open ? new AllowAnonymousAttribute() : new AuthorizeAttribute(scope));
    }
}
