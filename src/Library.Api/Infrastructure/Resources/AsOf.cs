using System.Globalization;
using Library.Api.Infrastructure.Http;

namespace Library.Api.Infrastructure.Resources;

/// <summary>The parameter <c>asOf</c>: a read shows the state at that time.</summary>
internal sealed record AsOf(DateTimeOffset Time)
{
    public const string Parameter = "asOf";

    /// <summary>The maximum difference between the clocks of a client, the API and the database.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    /// <summary>Null: not asked for.</summary>
    public static AsOf? Read(HttpRequest request, TimeProvider clock)
    {
        if (!request.QueryString.HasValue || !request.Query.TryGetValue(Parameter, out var text)) return null;
        if (!TryRead(text, out var time)) throw Wrong("It must be a time with its offset (RFC 3339), like 2026-01-31T12:00:00Z; a + is written %2B.");
        if (time > clock.GetUtcNow() + Tolerance) throw Wrong("It may not lie in the future: what will be then is not known.");
        return new AsOf(time);
    }

    internal static bool TryRead(string? text, out DateTimeOffset time)
    {
        time = default;
        // Without an offset the time would be ambiguous.
        return text is [.., 'Z' or 'z'] or [.., '+' or '-', _, _, ':', _, _]
            && DateTimeOffset.TryParseExact(text.ToUpperInvariant(), "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out time);
    }

    private static RefusalException Wrong(string error) => RefusalException.OfQuery(Parameter, error);
}
