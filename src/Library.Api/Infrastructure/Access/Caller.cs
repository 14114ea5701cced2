using System.Security.Claims;
using Microsoft.Extensions.Options;

namespace Library.Api.Infrastructure.Access;

/// <summary>Who sends a request.</summary>
/// <param name="Name">Owner of what it creates, and actor of its events; empty in mode None, where callers are not identified.</param>
/// <param name="IsAdmin">May see and control what belongs to other callers.</param>
internal readonly record struct Caller(string Name, bool IsAdmin)
{
    /// <summary>As recorded in events; null: callers are not identified.</summary>
    public string? Actor => Name.Length == 0 ? null : Name;

    /// <summary>Whether this caller may see what belongs to that owner.</summary>
    public bool MaySee(string? owner) => IsAdmin || (owner ?? "") == Name;
}

/// <summary>An authenticated caller. Immutable, so that one instance can serve any number of requests.</summary>
internal sealed class CallerPrincipal : ClaimsPrincipal
{
    public const string ScopeClaim = "scope";

    private readonly HashSet<string> _scopes;

    /// <param name="scheme">The authentication scheme.</param>
    public CallerPrincipal(string name, IEnumerable<string> scopes, string scheme)
        : this(name, [.. scopes.Where(Scopes.All.Contains)], scheme)
    {
    }

    private CallerPrincipal(string name, HashSet<string> scopes, string scheme)
        : base(new ClaimsIdentity([new(ClaimTypes.Name, name), .. scopes.Select(scope => new Claim(ScopeClaim, scope))], scheme)) =>
        (Caller, _scopes) = (new(name, scopes.Contains(Scopes.Admin)), scopes);

    public Caller Caller { get; }

    public IEnumerable<string> GrantedScopes => _scopes.Order(StringComparer.Ordinal);

    public bool Has(string scope) => Caller.IsAdmin || _scopes.Contains(scope);
}

/// <summary>Identifies the caller of a request.</summary>
internal sealed class Callers(IOptions<AuthOptions> options)
{
    private readonly Caller _anonymous = new("", IsAdmin: options.Value.Mode == AuthMode.None);

    /// <summary>The key for rate limits: the caller, or the address if callers are not identified.</summary>
    public string KeyOf(HttpContext http) => Of(http).Name is { Length: > 0 } name ? "caller " + name : Peers.NetworkOf(http).ToString();

    /// <summary>The key for per-caller shares; null: a caller on this machine, where neither name nor address identifies one.</summary>
    public string? ShareOf(HttpContext http) => Of(http).Name.Length == 0 && Peers.IsLocal(http) ? null : KeyOf(http);

    public Caller Of(HttpContext http) => http.User is CallerPrincipal principal ? principal.Caller : _anonymous;
}
