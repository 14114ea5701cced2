using Library.Api.Features.Audit;
using Library.Api.Features.Events;
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
            AddHeader(operation, "Prefer", "wait=N: answer with the outcome if it is there within N seconds (1–30). respond-async: do not wait (RFC 7240).", "wait=5");
        if (route.OfType<CommandRoute>().FirstOrDefault() is { } command) Describe(operation, responses, command);
        if (route.OfType<MinPositionRoute>().Any()) AddMinPosition(operation);
        if (route.OfType<FeedRoute>().Any()) DescribeFeed(operation, responses);
        if (route.OfType<SingleReadRoute>().Any()) DescribeSingleRead(operation, responses);
        if (route.OfType<PagedRoute>().Any()) DescribePaged(operation);
        if (route.OfType<AuditRoute>().Any()) AddQuery(operation, "since", "Only authors and books with events behind this position, and operations decided behind it: the position that the last page of a run before named.", "42");
        if (route.OfType<PageReadRoute>().Any()) DescribePageRead(operation, responses);
        if (route.OfType<ListRoute>().FirstOrDefault() is { List: var list }) DescribeList(operation, responses, list);
        return Task.CompletedTask;
    }

    private static void Describe(OpenApiOperation operation, OpenApiResponses responses, CommandRoute command)
    {
        if (responses.TryGetValue("200", out var done)) done.Description = "Applied (with Prefer: wait): the resource as it is now.";
        AddHeader(operation, IdempotencyKey.Header, "Makes the request safe to repeat: the same key with the same request is one operation with one effect, for 24 hours after its outcome; with another request 422.", "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"");
        if (command.Takes.HasFlag(TakesPreconditions.Match)) AddHeader(operation, "If-Match", "Only on this version (strong ETag); *: only if it is there, else 404.", "\"7\"");
        if (command.Takes.HasFlag(TakesPreconditions.NoneMatch)) AddHeader(operation, "If-None-Match", "*: only create.", "*");
        AddResponseHeader(responses, "202", "Location", "The resource.");
        AddResponseHeader(responses, "202", "Operation-Location", "The operation, which tells what became of the command.");
        AddResponseHeader(responses, "202", "Retry-After", "Seconds after which asking makes sense.");
        AddResponseHeader(responses, "503", "Retry-After", "Seconds after which trying again makes sense.");
        foreach (var status in (string[])["200", "201"])
        {
            AddResponseHeader(responses, status, "ETag", "The version, as a strong ETag.");
            AddResponseHeader(responses, status, "Library-Position", "Position of the command's event: send it as Library-Min-Position.");
        }
    }

    private static void DescribeSingleRead(OpenApiOperation operation, OpenApiResponses responses)
    {
        Add(operation, ParameterLocation.Query, AsOf.Parameter, "Show the state at this time (RFC 3339, with its offset), not in the future.", "2026-01-31T12:00:00Z");
        AddHeader(operation, "If-None-Match", "ETags that the client has: 304 if one is current.", "\"7\"");
        AddMinPosition(operation);
        AddResponseHeader(responses, "200", "ETag", "The version, as a strong ETag.");
        AddResponseHeader(responses, "200", "Cache-Status", "library; hit, or why not (RFC 9211).");
    }

    private static void DescribePaged(OpenApiOperation operation)
    {
        Add(operation, ParameterLocation.Query, "limit", $"Resources a page, 1–{PageRequest.MaxLimit}; default {PageRequest.DefaultLimit}.", "50");
        Add(operation, ParameterLocation.Query, "after", "The cursor next of the page before.", null);
    }

    private static void DescribePageRead(OpenApiOperation operation, OpenApiResponses responses)
    {
        AddMinPosition(operation);
        AddResponseHeader(responses, "200", "Link", "The next page, rel=next (RFC 8288); not on the last page.");
    }

    private static void DescribeFeed(OpenApiOperation operation, OpenApiResponses responses)
    {
        Add(operation, ParameterLocation.Query, "after", "Position after which to begin; 0: at the first event. Left out: at the first event, of a live stream with the next one.", "0");
        Add(operation, ParameterLocation.Query, "types", "Only events of these types, with commas between them.", "AuthorCreated,BookDeleted");
        Add(operation, ParameterLocation.Query, "limit", $"Events at most, 1–{PageRequest.MaxLimit}, default {PageRequest.DefaultLimit}; of NDJSON 1 and more, default all; not for a live stream.", "50");
        AddHeader(operation, FeedRequest.LastEventId, "Where a live stream broke off; counts more than after.", "42");
        AddResponseHeader(responses, "200", "Link", "The next page of JSON, rel=next (RFC 8288); not on the last page.");
        if (responses["200"] is not OpenApiResponse { Content: { } content }) return;
        content[MediaTypes.NdJson] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Description = "A CloudEvent as JSON on each line." } };
        content[MediaTypes.EventStream] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Server-Sent Events: id, event, and data with a CloudEvent as JSON." } };
    }

    private static void DescribeList(OpenApiOperation operation, OpenApiResponses responses, ListType list)
    {
        AddQuery(operation, "fields", $"Just these fields, separated by commas: {string.Join(", ", list.Resource.Fields.Select(field => field.Name))}.", "id," + list.Sorts[0].Name);
        AddQuery(operation, "sort", $"Order: id, {string.Join(", ", list.Sorts.Select(sort => sort.Name))}; with - before it backwards. Text goes by its characters without case and accents; an unknown day comes last. Default: id, with q by rank.", "-" + list.Sorts[^1].Name);
        AddQuery(operation, "q", $"Only what holds all these words, whatever their case and accents; word* takes all that begin so. By rank, {ListSql.Block} hits after another, unless sort is given.", "winter gard*");
        foreach (var filter in list.Filters) AddQuery(operation, filter.Parameter, filter.Meaning, filter.Kind == FilterKind.Prefix ? "wint" : "1999-12-31");
        foreach (var included in list.Includes) AddQuery(operation, "include", $"{included.Name}: with id and name of each.", included.Name);
        AddQuery(operation, "count", $"exact or estimated: tells the total as well. Exact costs as much as there are; estimated is exact up to {ListSql.CountedExactly}.", "estimated");
        AddHeader(operation, "If-None-Match", "ETags that the client has: 304 if one is current.", "\"7\"");
        AddResponseHeader(responses, "200", "ETag", "Of these very bytes.");
        AddResponseHeader(responses, "200", "Cache-Status", "library; hit, or why not (RFC 9211).");
    }

    private static void AddQuery(OpenApiOperation operation, string name, string description, string example) =>
        Add(operation, ParameterLocation.Query, name, description, example);

    private static void AddMinPosition(OpenApiOperation operation) => AddHeader(operation, MinPosition.Header, "Show no state older than this position.", "42");

    internal static void AddHeader(OpenApiOperation operation, string name, string description, string example) =>
        Add(operation, ParameterLocation.Header, name, description, example);

    internal static void Add(OpenApiOperation operation, ParameterLocation where, string name, string description, string? example) =>
        (operation.Parameters ??= []).Add(new OpenApiParameter
        {
            Name = name,
            In = where,
            Description = description,
            Example = example,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });

    internal static void AddResponseHeader(OpenApiResponses responses, string status, string name, string description)
    {
        if (responses.TryGetValue(status, out var response) && response is OpenApiResponse own)
            (own.Headers ??= new Dictionary<string, IOpenApiHeader>())[name] = new OpenApiHeader { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
    }
}
