using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Library.Api.Infrastructure.Access;

/// <summary>The Content-Security-Policy of a page that a library makes with scripts in it: those very scripts, by their hash, and files of the service itself.</summary>
internal static partial class ReferencePolicy
{
    /// <summary>Makes the policy out of the page as it is sent, so that it fits whatever version of the library made it.</summary>
    public static TBuilder WithReferencePolicy<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder
    {
        routes.Add(endpoint =>
        {
            // Its scripts and pictures are files as any others.
            if (endpoint is not RouteEndpointBuilder { RoutePattern.RawText: { } pattern, RequestDelegate: { } inner } route || Path.HasExtension(pattern)) return;
            route.RequestDelegate = http => AnswerAsync(http, inner);
        });
        return routes;
    }

    internal static IEnumerable<string> InlineScripts(string page) => Script().Matches(page).Select(script => script.Groups[1].Value);

    internal static string HashOf(string script) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'";

    private static async Task AnswerAsync(HttpContext http, RequestDelegate inner)
    {
        var body = http.Response.Body;
        using var page = new MemoryStream();
        http.Response.Body = page;
        try
        {
            await inner(http);
        }
        finally
        {
            http.Response.Body = body;
        }

        if (http.Response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true)
        {
            var scripts = InlineScripts(Encoding.UTF8.GetString(page.GetBuffer(), 0, (int)page.Length)).Select(HashOf);
            http.Response.Headers.ContentSecurityPolicy = $"default-src 'none'; script-src 'self' {string.Join(' ', scripts)}; connect-src 'self'; style-src 'self' 'unsafe-inline'; "
                + "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        }

        await body.WriteAsync(page.GetBuffer().AsMemory(0, (int)page.Length), http.RequestAborted);
    }

    [GeneratedRegex("<script(?![^>]*\\bsrc=)[^>]*>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Script();
}
