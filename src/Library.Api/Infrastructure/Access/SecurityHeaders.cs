using System.Net.Mime;

namespace Library.Api.Infrastructure.Access;

/// <summary>Security headers: on every response, no content sniffing; on a page, a Content-Security-Policy.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    /// <summary>Of a page that loads nothing and runs nothing, but for its own style.</summary>
    public const string StrictPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext http)
    {
        http.Response.Headers.XContentTypeOptions = "nosniff";
        // The API itself answers no page, so its requests are spared the look at the answer.
        if (!http.Request.Path.StartsWithSegments("/v1", StringComparison.Ordinal)) http.Response.OnStarting(AddToPage, http);
        return next(http);
    }

    private static Task AddToPage(object state)
    {
        var http = (HttpContext)state;
        if (http.Response.ContentType is not { } type || !type.StartsWith(MediaTypeNames.Text.Html, StringComparison.OrdinalIgnoreCase)) return Task.CompletedTask;
        var headers = http.Response.Headers;
        if (headers.ContentSecurityPolicy.Count == 0) headers.ContentSecurityPolicy = StrictPolicy;
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.XFrameOptions = "DENY";
        return Task.CompletedTask;
    }
}
