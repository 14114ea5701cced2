using Microsoft.AspNetCore.Http.Metadata;

namespace Library.Api.Infrastructure.Http;

internal static class MediaTypes
{
    public const string Json = "application/json";

    /// <summary>RFC 7396.</summary>
    public const string MergePatch = "application/merge-patch+json";

    /// <summary>A JSON object a line.</summary>
    public const string NdJson = "application/x-ndjson";

    /// <summary>RFC 4180.</summary>
    public const string Csv = "text/csv";

    /// <summary>Server-Sent Events.</summary>
    public const string EventStream = "text/event-stream";

    /// <summary>Ways to read the catalog's events, the first where the client has no wish.</summary>
    public static readonly IReadOnlyList<string> OfEvents = [Json, NdJson, EventStream];

    /// <summary>What the body of a request to this route may be.</summary>
    public static IReadOnlyList<string> TakenBy(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes ?? [Json];
}
