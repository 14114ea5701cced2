using Library.Contracts;
using Library.Hosting.Errors;

namespace Library.Api.Infrastructure.Http;

/// <summary>Answers of the server itself (routing, limits) as problems.</summary>
internal static class StatusProblems
{
    /// <summary>Title and detail of each status that has no problem of its own.</summary>
    public static readonly IReadOnlyDictionary<int, (string Title, string Detail)> Texts = new Dictionary<int, (string, string)>
    {
        [StatusCodes.Status401Unauthorized] = ("Unauthorized", "The request carries no valid credentials; WWW-Authenticate tells which are asked for."),
        [StatusCodes.Status403Forbidden] = ("Forbidden", "The credentials do not cover this request."),
        [StatusCodes.Status405MethodNotAllowed] = ("Method not allowed", "The resource does not know this method; the Allow header lists those that it knows."),
        [StatusCodes.Status406NotAcceptable] = ("Not acceptable", "Answers are application/json, those of /v1/events also application/x-ndjson or text/event-stream (problems: application/problem+json); the Accept header rules them out."),
        [StatusCodes.Status408RequestTimeout] = ("Request timeout", "The request did not arrive in time. Send it again."),
        [StatusCodes.Status413PayloadTooLarge] = ("Content too large", "The body is larger than this service takes."),
        [StatusCodes.Status414UriTooLong] = ("URI too long", "The request target is longer than this service takes."),
        [StatusCodes.Status415UnsupportedMediaType] = ("Unsupported media type", "The route takes other media types; the Accept header lists them."),
        [StatusCodes.Status429TooManyRequests] = ("Too many requests", "Wait as long as Retry-After says, then send it again."),
        [StatusCodes.Status431RequestHeaderFieldsTooLarge] = ("Request header fields too large", "The header fields together are larger than this service takes."),
    };

    public static Problem Of(HttpContext http, int status) => status switch
    {
        StatusCodes.Status415UnsupportedMediaType => Of(status) with { Detail = $"Content-Type must be {string.Join(" or ", MediaTypes.TakenBy(http))} in UTF-8, with no Content-Encoding." },
        StatusCodes.Status404NotFound => Problems.NoRoute(Shortened(http.Request.Path)),
        StatusCodes.Status503ServiceUnavailable => Problems.Unavailable,
        >= 500 => Problems.Fault,
        _ => Of(status),
    };

    public static Problem Of(int status) => Texts.TryGetValue(status, out var text)
        ? Problems.OfStatus(status, text.Title, text.Detail)
        : Problems.Malformed("The server refused the request before reading it.") with { Status = status };

    private static string Shortened(string? path) => path is { Length: > 200 } ? path[..200] + "…" : path ?? "/";
}
