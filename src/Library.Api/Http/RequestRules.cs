using Library.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Library.Api.Http;

/// <summary>What holds for every request before its handler: size of target and headers, media type of the answer, known query parameters.</summary>
internal sealed class RequestRules(RequestDelegate next, IOptions<LimitOptions> limits)
{
    public Task InvokeAsync(HttpContext http)
    {
        var request = http.Request;
        if ((request.Path.Value?.Length ?? 0) + (request.QueryString.Value?.Length ?? 0) > limits.Value.TargetLength)
            return Refuse(http, StatusCodes.Status414UriTooLong);
        if (LengthOf(request.Headers) > limits.Value.HeaderLength) return Refuse(http, StatusCodes.Status431RequestHeaderFieldsTooLarge);
        if (http.GetEndpoint()?.Metadata.GetMetadata<JsonRoute>() is null) return next(http);
        if (!AcceptsJson(request)) return Refuse(http, StatusCodes.Status406NotAcceptable);
        return UnknownParameters(http) is { } errors
            ? ProblemWriter.WriteAsync(http, Problems.Malformed("The query string cannot be read. Nothing is ignored, so that a typing error is seen.", errors))
            : next(http);
    }

    private static Task Refuse(HttpContext http, int status) => ProblemWriter.WriteAsync(http, StatusProblems.Of(status));

    private static int LengthOf(IHeaderDictionary headers)
    {
        var length = 0;
        foreach (var (name, values) in headers)
            foreach (var value in values) length += name.Length + (value?.Length ?? 0) + 4;
        return length;
    }

    private static bool AcceptsJson(HttpRequest request)
    {
        var accept = request.Headers.Accept;
        if (accept.Count == 0 || (accept.Count == 1 && accept[0] is "*/*" or "application/json")) return true;
        if (!MediaTypeHeaderValue.TryParseList(accept, out var ranges) || ranges.Count == 0) return true;
        // The most specific range decides, so that `application/json;q=0, */*` means what it says.
        var json = new MediaTypeHeaderValue(MediaTypes.Json);
        var best = ranges.Where(json.IsSubsetOf).OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0).FirstOrDefault();
        return best is not null && best.Quality is not 0;
    }

    private static Dictionary<string, string[]>? UnknownParameters(HttpContext http)
    {
        if (!http.Request.QueryString.HasValue) return null;
        var known = (http.GetEndpoint()!.Metadata.GetMetadata<QueryParameters>() ?? QueryParameters.None).Names;
        Dictionary<string, string[]>? errors = null;
        foreach (var (name, values) in http.Request.Query)
        {
            if (!known.Contains(name))
                (errors ??= [])[name] = [known.Count == 0 ? "There are no parameters here." : $"There is no such parameter; there are: {string.Join(", ", known)}."];
            else if (values.Count > 1)
                (errors ??= [])[name] = ["It may be given once."];
        }

        return errors;
    }
}

/// <summary>Marks routes that answer with JSON only and know their query parameters.</summary>
internal sealed class JsonRoute;

/// <summary>The query parameters of a route; one without this has none.</summary>
internal sealed class QueryParameters(params string[] names)
{
    public static readonly QueryParameters None = new();

    public IReadOnlySet<string> Names { get; } = names.ToHashSet(StringComparer.Ordinal);
}
