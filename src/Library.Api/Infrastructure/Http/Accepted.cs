using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Library.Api.Infrastructure.Http;

/// <summary>Which media type to answer with (RFC 9110, 12.5.1).</summary>
internal static class Accepted
{
    /// <summary>The offer that the client likes best, the first of several; null: it takes none of them.</summary>
    public static string? Best(StringValues accept, IReadOnlyList<string> offers)
    {
        if (accept.Count == 0 || (accept.Count == 1 && accept[0] is "*/*" or "application/json" && offers[0] == MediaTypes.Json)) return offers[0];
        if (!MediaTypeHeaderValue.TryParseList(accept, out var ranges) || ranges.Count == 0) return offers[0];
        var best = offers.Select(offer => (Offer: offer, Quality: QualityOf(offer, ranges))).MaxBy(offer => offer.Quality);
        return best.Quality > 0 ? best.Offer : null;
    }

    /// <summary>The most specific range decides, so that <c>application/json;q=0, */*</c> means what it says.</summary>
    private static double QualityOf(string offer, IList<MediaTypeHeaderValue> ranges)
    {
        var type = new MediaTypeHeaderValue(offer);
        var range = ranges.Where(range => Covers(range, type)).OrderBy(Width).FirstOrDefault();
        return range is null ? 0 : range.Quality ?? 1;
    }

    /// <summary>All that we send is UTF-8. Other parameters ask for kinds of a type that there are none of here, so it is that type.</summary>
    private static bool Covers(MediaTypeHeaderValue range, MediaTypeHeaderValue type) => type.IsSubsetOf(new MediaTypeHeaderValue(range.MediaType))
        && (!range.Charset.HasValue || HeaderUtilities.RemoveQuotes(range.Charset).Value?.ToLowerInvariant() is "utf-8" or "utf8" or "*");

    private static int Width(MediaTypeHeaderValue range) =>
        range.MatchesAllTypes ? 3 : range.MatchesAllSubTypes ? 2 : range.Parameters.All(parameter => parameter.Name.Equals("q", StringComparison.OrdinalIgnoreCase)) ? 1 : 0;
}
