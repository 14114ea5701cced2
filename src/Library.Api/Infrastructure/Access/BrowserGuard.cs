using Library.Api.Infrastructure.Http;
using Library.Hosting.Errors;
using Microsoft.Extensions.Options;

namespace Library.Api.Infrastructure.Access;

/// <summary>
/// Mode None only: anyone who can reach the address may do everything, and so can every page open in a browser on this machine.
/// So a request with a foreign Host is refused (421), and so is a request sent by a page of another origin (403). Programs send neither.
/// </summary>
internal sealed class BrowserGuard(RequestDelegate next, IOptions<EdgeOptions> options)
{
    private readonly IReadOnlyList<string> _hosts = options.Value.Hosts;
    private readonly HashSet<string> _origins = [.. options.Value.CorsOrigins.Select(Origin.Parse).OfType<string>()];

    /// <summary>The last host that was taken: nearly every request has the same.</summary>
    private volatile string? _lastHost;

    public Task InvokeAsync(HttpContext http)
    {
        var host = http.Request.Host;
        if (!ReferenceEquals(host.Value, _lastHost) && host.Value != _lastHost)
        {
            if (!OwnHosts.Include(host, _hosts)) return ProblemWriter.WriteAsync(http, Problems.Misdirected(Shortened(host.Value)));
            _lastHost = host.Value;
        }

        return IsForeign(http) ? ProblemWriter.WriteAsync(http, Problems.ForeignOrigin) : next(http);
    }

    private bool IsForeign(HttpContext http)
    {
        var headers = http.Request.Headers;
        if (headers.TryGetValue("Origin", out var origin)) return !IsOwn(http, origin.ToString());
        if (!headers.TryGetValue("Sec-Fetch-Site", out var site)) return false;
        // none: an address that a person typed or followed from a bookmark.
        return site != "same-origin" && site != "none" && !IsVisit(http);
    }

    private bool IsOwn(HttpContext http, string text) => Origin.Parse(text) is { } origin && (origin == Origin.Of(http.Request) || _origins.Contains(origin));

    /// <summary>A link that a person follows to a page that is open to everybody.</summary>
    private static bool IsVisit(HttpContext http) =>
        (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
        && http.Request.Headers["Sec-Fetch-Mode"] == "navigate" && http.Request.Headers["Sec-Fetch-Dest"] == "document"
        && http.GetEndpoint()?.Metadata.GetMetadata<ScopeMark>()?.Scope == Scopes.Open;

    private static string Shortened(string? host) => host is null or "" ? "no host" : host.Length > 200 ? host[..200] + "…" : host;
}
