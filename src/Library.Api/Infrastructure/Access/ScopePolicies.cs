using System.Net;
using Microsoft.AspNetCore.Authorization;

namespace Library.Api.Infrastructure.Access;

/// <summary>A policy for each scope, of the scope's name.</summary>
internal static class ScopePolicies
{
    /// <param name="scheme">How callers prove who they are.</param>
    public static void AddScopePolicies(this IServiceCollection services, string scheme)
    {
        services.AddSingleton<IAuthorizationHandler, ScopeHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessAnswers>();
        var authorization = services.AddAuthorizationBuilder();
        foreach (var scope in Scopes.All.Append(Scopes.Operator))
            authorization.AddPolicy(scope, policy => policy.AddAuthenticationSchemes(scheme).AddRequirements(new ScopeRequirement(scope)));
    }
}

internal sealed record ScopeRequirement(string Scope) : IAuthorizationRequirement;

internal sealed class ScopeHandler : AuthorizationHandler<ScopeRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        if (requirement.Scope == Scopes.Operator)
        {
            if (context.User is CallerPrincipal { Caller.IsAdmin: true } || (context.Resource is HttpContext http && Peers.IsLocal(http))) context.Succeed(requirement);
        }
        else if (context.User is CallerPrincipal caller && caller.Has(requirement.Scope))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}

/// <summary>Who is at the other end of the connection.</summary>
internal static class Peers
{
    /// <summary>Headers by which a proxy says that it speaks for somebody else.</summary>
    private static readonly string[] Forwarding = ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"];

    /// <summary>Someone on this machine, and no proxy on it that passes on what comes from elsewhere.</summary>
    public static bool IsLocal(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is { } address && !IPAddress.IsLoopback(address)) return false;
        foreach (var header in Forwarding)
            if (http.Request.Headers.ContainsKey(header)) return false;
        return true;
    }

    /// <summary>The address that limits go by: of IPv6 its network, since whoever has one address there has 2^64.</summary>
    public static IPAddress NetworkOf(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetworkV6) return address;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new IPAddress(bytes);
    }
}
