using Library.Api.Infrastructure.Commands;
using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Lists;
using Library.Api.Infrastructure.Reading;
using Library.Api.Infrastructure.Resources;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Library.Api.Infrastructure.OpenApi;

/// <summary>Headers, query parameters and the meaning of each status, out of the routes' own marks.</summary>
internal sealed class OperationDetails : IOpenApiOperationTransformer
{
    private static readonly Dictionary<string, string> Meanings = new()
    {
        ["201"] = "Created (with Prefer: wait): the new resource.",
        ["202"] = "Accepted: on disk in the broker, will be applied exactly once or refused with a reason.",
        ["204"] = "Deleted (with Prefer: wait).",
        ["304"] = "Unchanged since the version in If-None-Match.",
        ["400"] = "The request cannot be read: malformed JSON, a wrong type, an unknown field, parameter or condition.",
        ["404"] = "There is no such resource.",
        ["408"] = "The body fell silent: it was cut off, and nothing of it counts.",
        ["409"] = "It contradicts what is there: the id is taken, or there is nothing to restore, or the message still cannot be read.",
        ["410"] = "The operation is past its retention.",
        ["412"] = "The condition does not hold: another version, or already there.",
        ["413"] = "The body is too large.",
        ["415"] = "Another media type, charset or content encoding than the one taken.",
        ["422"] = "Read, but wrong: see errors, keyed by field; or the Idempotency-Key stands for another request.",
        ["429"] = "This instance takes in as many commands as it can: send it again after Retry-After.",
        ["500"] = "The service failed; traceId finds the fault in its log.",
        ["503"] = "Broker or database cannot be reached. not-accepted: nothing was sent; unconfirmed: it may still be applied, Operation-Location tells.",
    };

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var route = context.Description.ActionDescriptor.EndpointMetadata;
        var responses = operation.Responses ??= [];
        responses.TryAdd("500", new OpenApiResponse
        {
            Content = new Dictionary<string, OpenApiMediaType> { [ProblemWriter.MediaType] = new() { Schema = new OpenApiSchemaReference("Problem", context.Document) } },
        });
        foreach (var (status, response) in responses)
            if (response is OpenApiResponse own && Meanings.TryGetValue(status, out var meaning)) own.Description = meaning;

        if (route.OfType<PreferWaitRoute>().Any())
            operation.AddHeader("Prefer", "wait=N: answer with the outcome if it is there within N seconds (1–30). respond-async: do not wait (RFC 7240).", "wait=5");
        if (route.OfType<CommandRoute>().FirstOrDefault() is { } command) Describe(operation, responses, command);
        if (route.OfType<MinPositionRoute>().Any()) operation.AddHeader(MinPosition.Header, "Show no state older than this position.", "42");
        if (route.OfType<SingleReadRoute>().Any()) DescribeSingleRead(operation, responses);
        if (route.OfType<PagedRoute>().Any()) DescribePaged(operation);
        if (route.OfType<PageReadRoute>().Any()) DescribePageRead(operation, responses);
        if (route.OfType<ListRoute>().FirstOrDefault() is { List: var list }) DescribeList(operation, responses, list);
        return Task.CompletedTask;
    }

    private static void Describe(OpenApiOperation operation, OpenApiResponses responses, CommandRoute command)
    {
        if (responses.TryGetValue("200", out var done)) done.Description = "Applied (with Prefer: wait): the resource as it is now.";
        operation.AddHeader(IdempotencyKey.Header, "Makes the request safe to repeat: the same key with the same request is one operation with one effect, for 24 hours after its outcome; with another request 422.", "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"");
        if (command.Takes.HasFlag(TakesPreconditions.Match)) operation.AddHeader("If-Match", "Only on this version, or on one of several; *: only if it is there, else 404.", "\"7\"");
        if (command.Takes.HasFlag(TakesPreconditions.NoneMatch)) operation.AddHeader("If-None-Match", "*: only create.", "*");
        responses.AddHeader("202", "Location", "The resource.");
        responses.AddHeader("202", "Operation-Location", "The operation, which tells what became of the command.");
        responses.AddHeader("202", "Retry-After", "Seconds after which asking makes sense.");
        responses.AddHeader("503", "Retry-After", "Seconds after which trying again makes sense.");
        foreach (var status in (string[])["200", "201"])
        {
            responses.AddHeader(status, "ETag", "The version: strong, or weak where the answer is compressed. If-Match and If-None-Match take either.");
            responses.AddHeader(status, "Library-Position", "Position of the command's event: send it as Library-Min-Position.");
        }
    }

    private static void DescribeSingleRead(OpenApiOperation operation, OpenApiResponses responses)
    {
        operation.AddQuery(AsOf.Parameter, "Show the state at this time (RFC 3339, with its offset), not in the future.", "2026-01-31T12:00:00Z");
        operation.AddHeader("If-None-Match", "ETags that the client has: 304 if one is current.", "\"7\"");
        operation.AddHeader(MinPosition.Header, "Show no state older than this position.", "42");
        responses.AddHeader("200", "ETag", "The version: strong, or weak where the answer is compressed. If-Match and If-None-Match take either.");
        responses.AddHeader("200", "Cache-Status", "library; hit, or why not (RFC 9211).");
    }

    private static void DescribePaged(OpenApiOperation operation)
    {
        operation.AddQuery("limit", $"Resources a page, 1–{PageRequest.MaxLimit}; default {PageRequest.DefaultLimit}.", "50");
        operation.AddQuery("after", "The cursor next of the page before.", null);
    }

    private static void DescribePageRead(OpenApiOperation operation, OpenApiResponses responses)
    {
        operation.AddHeader(MinPosition.Header, "Show no state older than this position.", "42");
        responses.AddHeader("200", "Link", "The next page, rel=next (RFC 8288); not on the last page.");
    }

    private static void DescribeList(OpenApiOperation operation, OpenApiResponses responses, ListType list)
    {
        operation.AddQuery("fields", $"Just these fields, separated by commas: {string.Join(", ", list.Resource.Fields)}.", "id," + list.Sorts[0].Name);
        operation.AddQuery("sort", $"Order: id, {string.Join(", ", list.Sorts.Select(sort => sort.Name))}; with - before it backwards. Text goes by its characters without case and accents; a date without an earliest day comes last. Default: id, with q by rank.", "-" + list.Sorts[^1].Name);
        operation.AddQuery("q", $"Only what holds all these words, whatever their case and accents; word* takes all that begin so. By rank, {ListSql.Block} hits after another, unless sort is given.", "winter gard*");
        foreach (var filter in list.Filters) operation.AddQuery(filter.Parameter, filter.Meaning, filter.Example);
        foreach (var included in list.Includes) operation.AddQuery("include", $"{included.Name}: with id, name and role of each.", included.Name);
        operation.AddQuery("count", $"exact or estimated: tells the total as well. Exact costs as much as there are; estimated is exact up to {ListSql.CountedExactly}.", "estimated");
        operation.AddHeader("If-None-Match", "ETags that the client has: 304 if one is current.", "\"7\"");
        responses.AddHeader("200", "ETag", "Of these very bytes.");
        responses.AddHeader("200", "Cache-Status", "library; hit, or why not (RFC 9211).");
    }
}
