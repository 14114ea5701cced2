namespace Library.Api.Infrastructure.Access;

/// <summary>Scheme, host and port of a page (RFC 6454), in one spelling.</summary>
internal static class Origin
{
    /// <summary>Null: it is none; <c>null</c>, which a page without an origin sends, is none either.</summary>
    public static string? Parse(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri is { PathAndQuery: "/", UserInfo: "", Fragment: "" } && !text!.EndsWith('/')
            ? Of(uri)
            : null;

    /// <summary>That of the service itself, as this request names it.</summary>
    public static string? Of(HttpRequest request) =>
        Uri.TryCreate($"{request.Scheme}://{request.Host.Value}", UriKind.Absolute, out var uri) ? Of(uri) : null;

    private static string Of(Uri uri) => uri.GetLeftPart(UriPartial.Authority).ToLowerInvariant();
}
