using System.Globalization;
using System.Reflection;
using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Lists;
using Library.Hosting.Errors;
using Library.Hosting.Events;

namespace Library.Api.Features.Events;

/// <summary>Which events: <c>after</c> (or, for a stream, <c>Last-Event-ID</c>), <c>types</c>, <c>limit</c>.</summary>
/// <param name="After">Null: not said.</param>
/// <param name="Types">Names on the wire; null: all.</param>
/// <param name="Limit">Null: not said.</param>
internal sealed record FeedRequest(string MediaType, long? After, IReadOnlySet<string>? Types, int? Limit)
{
    public const string LastEventId = "Last-Event-ID";

    private static readonly string[] Known = [.. EventType.All.Select(type => type.Name)];

    /// <summary>As the store calls them.</summary>
    public string[]? StoredTypes { get; } = Types is null ? null : [.. EventType.All.Where(type => Types.Contains(type.Name)).Select(type => type.StoredName)];

    public bool Wants(FeedEvent candidate) => Types is null || Types.Contains(candidate.Type);

    public static ValueTask<FeedRequest?> BindAsync(HttpContext http, ParameterInfo parameter)
    {
        var mediaType = Accepted.Best(http.Request.Headers.Accept, MediaTypes.OfEvents)!;
        var query = http.Request.Query;
        var after = query.TryGetValue("after", out var text) ? Position(text, "after") : (long?)null;
        // A browser that reconnects sends both; Last-Event-ID wins.
        if (mediaType == MediaTypes.EventStream && http.Request.Headers.TryGetValue(LastEventId, out text)) after = Position(text, LastEventId);
        return ValueTask.FromResult<FeedRequest?>(new(
            mediaType,
            after,
            query.TryGetValue("types", out text) ? TypesIn(text) : null,
            query.TryGetValue("limit", out text) ? LimitIn(text, mediaType) : null));
    }

    private static long Position(string? text, string name) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? position
            : throw Malformed(name, "It must be a position: a whole number, 0 being before the first event.");

    private static HashSet<string> TypesIn(string? text)
    {
        var types = (text ?? "").Split(',').ToHashSet(StringComparer.Ordinal);
        return types.IsSubsetOf(Known) ? types : throw Malformed("types", $"It must be event types with commas between them; there are: {string.Join(", ", Known)}.");
    }

    private static int LimitIn(string? text, string mediaType)
    {
        if (mediaType == MediaTypes.EventStream) throw Malformed("limit", "A live stream has none.");
        var max = mediaType == MediaTypes.Json ? PageRequest.MaxLimit : int.MaxValue;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1 && limit <= max
            ? limit
            : throw Malformed("limit", string.Create(CultureInfo.InvariantCulture, $"It must be a whole number from 1 to {max}."));
    }

    private static RefusalException Malformed(string name, string error) =>
        new(Problems.Malformed("Which events are asked for cannot be read.", new Dictionary<string, string[]> { [name] = [error] }));
}
