using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Library.Api.Infrastructure.Http;

/// <summary>An ETag is the version in quotes: equal versions are equal bytes. A compressed answer has it weak, since its bytes are others.</summary>
internal static class ETags
{
    public static string Of(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>Digits without leading zeros. A number past the greatest version is that of no resource, like the greatest.</summary>
    public static bool TryVersion(string digits, out int version)
    {
        version = int.MaxValue;
        if (digits.Length is 0 or > 18 || !digits.All(char.IsAsciiDigit) || (digits[0] == '0' && digits.Length > 1)) return false;
        version = (int)Math.Min(long.Parse(digits, CultureInfo.InvariantCulture), int.MaxValue);
        return true;
    }

    /// <summary>If-None-Match of a read: a list or *, compared weakly (RFC 9110, 13.1.2). A malformed value matches nothing, which is always safe.</summary>
    public static bool Matches(StringValues ifNoneMatch, string etag)
    {
        // The form in which a client returns the tag that it received.
        if (ifNoneMatch.Count == 1 && ifNoneMatch[0] == etag) return true;
        foreach (var line in ifNoneMatch)
        {
            if (line is null) continue;
            if (line.Trim() == "*") return true;
            foreach (var part in line.Split(','))
            {
                var tag = part.AsSpan().Trim();
                if (tag.StartsWith("W/", StringComparison.Ordinal)) tag = tag[2..];
                if (tag.SequenceEqual(etag)) return true;
            }
        }

        return false;
    }
}
