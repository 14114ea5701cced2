using System.Security.Claims;
using Microsoft.Extensions.Options;

namespace Library.Api.Infrastructure.Access;

/// <summary>Who sends a request.</summary>
/// <param name="Name">Owner of what it makes, and actor of its events; empty in mode None, where nobody is told apart.</param>
/// <param name="IsAdmin">May see and steer what is another's.</param>
internal readonly record struct Caller(string Name, bool IsAdmin)
{
    /// <summary>As events tell it; null: nobody is told apart.</summary>
    public string? Actor => Name.Length == 0 ? null : Name;

    /// <summary>Whether what belongs to that owner is this caller's to see.</summary>
    public bool MaySee(string? owner) => IsAdmin || (owner ?? "") == Name;
}

/// <summary>A caller that has proved who it is. Unchanging, so that one may serve any number of requests.</summary>
internal sealed class CallerPrincipal : ClaimsPrincipal
{
    public const string ScopeClaim = "scope";

    private readonly HashSet<string> _scopes;

    /// <param name="scheme">How it was proved.</param>
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

/// <summary>Tells who sends a request.</summary>
internal sealed class Callers(IOptions<AuthOptions> options)
{
    private readonly Caller _anonymous = new("", IsAdmin: options.Value.Mode == AuthMode.None);

    /// <summary>Whom limits go by: the caller, or the address where callers are not told apart.</summary>
    public string KeyOf(HttpContext http) => Of(http).Name is { Length: > 0 } name ? "caller " + name : Peers.NetworkOf(http).ToString();

    /// <summary>Whom shares go by; null: whoever is on this machine, where neither tells one from another.</summary>
    public string? ShareOf(HttpContext http) => Of(http).Name.Length == 0 && Peers.IsLocal(http) ? null : KeyOf(http);

    public Caller Of(HttpContext http) => http.User is CallerPrincipal principal ? principal.Caller : _anonymous;
}
