using Microsoft.AspNetCore.Http.Features;

namespace Library.Api.Infrastructure.Http;

/// <summary>
/// A URL has one spelling: lower case, no trailing slash, no escapes, no dot segments. Routing would accept others too, and
/// whatever compares URLs (caches, proxy rules, logs) would treat them as other resources. A method is compared with its case (RFC 9110, 9.1).
/// </summary>
internal sealed class OneSpelling(RequestDelegate next)
{
    /// <summary>Where the rule holds: not in the files of pages for people, which have names of their own.</summary>
    private static readonly string[] Roots = ["/v1", "/openapi", "/asyncapi.json", "/health", "/metrics", "/problems"];

    public Task InvokeAsync(HttpContext http)
    {
        var request = http.Request;
        var path = request.Path.Value ?? "";
        if (IsOurs(path) && (!IsPlain(path) || IsSpelledOtherwise(http, path)))
            return ProblemWriter.WriteAsync(http, StatusProblems.Of(http, StatusCodes.Status404NotFound));
        // Routing compares without case. By a name that no route has, it finds out by itself whether this is 404, or 405 with which Allow.
        if (HttpMethods.GetCanonicalizedValue(request.Method) != request.Method) request.Method = "unknown-" + request.Method;
        return next(http);
    }

    private static bool IsOurs(string path)
    {
        if (path.StartsWith("/v1/", StringComparison.Ordinal)) return true;
        foreach (var root in Roots)
            if (path.StartsWith(root, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private static bool IsPlain(string path) => !path.AsSpan().ContainsAnyInRange('A', 'Z') && path[^1] != '/';

    /// <summary>What was sent, before the server unescaped and resolved it; empty where a server does not tell.</summary>
    private static bool IsSpelledOtherwise(HttpContext http, string path)
    {
        var sent = (http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "").AsSpan();
        // The absolute form, for proxies (RFC 9112, 3.2.2).
        if (sent.IndexOf("://", StringComparison.Ordinal) is var scheme and > 0 && !sent.StartsWith('/'))
        {
            sent = sent[(scheme + 3)..];
            sent = sent[Math.Max(sent.IndexOf('/'), 0)..];
        }

        if (sent.IndexOf('?') is var query and >= 0) sent = sent[..query];
        return !sent.IsEmpty && !(sent.EndsWith(path, StringComparison.Ordinal) && sent[..^path.Length].SequenceEqual(http.Request.PathBase.Value));
    }
}
