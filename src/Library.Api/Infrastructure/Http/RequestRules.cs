using Library.Hosting.Errors;
using Microsoft.Extensions.Options;

namespace Library.Api.Infrastructure.Http;

/// <summary>What holds for every request before its handler: size of target and headers, media type of the answer, known query parameters.</summary>
internal sealed class RequestRules(RequestDelegate next, IOptions<LimitOptions> limits)
{
    public Task InvokeAsync(HttpContext http)
    {
        var request = http.Request;
        if ((request.Path.Value?.Length ?? 0) + (request.QueryString.Value?.Length ?? 0) > limits.Value.TargetLength)
            return Refuse(http, StatusCodes.Status414UriTooLong);
        if (LengthOf(request.Headers) > limits.Value.HeaderLength) return Refuse(http, StatusCodes.Status431RequestHeaderFieldsTooLarge);
        if (http.GetEndpoint()?.Metadata is not { } route || route.GetMetadata<JsonRoute>() is null) return next(http);
        var offers = (route.GetMetadata<AnswerTypes>() ?? AnswerTypes.JsonOnly).Offers;
        if (offers.Count > 1) http.Response.Headers.Vary = "Accept";
        if (Accepted.Best(request.Headers.Accept, offers) is null) return Refuse(http, StatusCodes.Status406NotAcceptable);
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

/// <summary>Marks routes that answer with JSON, unless they say what else, and know their query parameters.</summary>
internal sealed class JsonRoute;

/// <summary>The media types that a route answers with, the first where the client has no wish.</summary>
internal sealed class AnswerTypes(IReadOnlyList<string> offers)
{
    public static readonly AnswerTypes JsonOnly = new([MediaTypes.Json]);

    public IReadOnlyList<string> Offers { get; } = offers;
}

/// <summary>The query parameters of a route; one without this has none.</summary>
internal sealed class QueryParameters(params string[] names)
{
    public static readonly QueryParameters None = new();

    public IReadOnlySet<string> Names { get; } = names.ToHashSet(StringComparer.Ordinal);
}
