namespace Library.Api.Infrastructure.Http;

/// <summary>The route constraint <c>guid</c>, with one spelling: in lower case, with hyphens (RFC 9562, 4), without braces.</summary>
internal sealed class IdConstraint : IRouteConstraint
{
    private const int Length = 36;

    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) => values[routeKey] switch
    {
        string { Length: Length } text => Guid.TryParseExact(text, "D", out _) && !text.AsSpan().ContainsAnyInRange('A', 'F'),
        Guid => true,
        _ => false,
    };
}
