using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Library.Api.Infrastructure.Compression;

/// <summary>How an answer is compressed (RFC 9110, 8.4.1). Not by zstd, for which .NET 10 has no encoder.</summary>
internal enum ContentCoding
{
    Identity,
    Gzip,
    Brotli,
}

/// <summary>Chooses by <c>Accept-Encoding</c> (RFC 9110, 12.5.3).</summary>
internal static class ContentCodings
{
    /// <summary>Answers up to this length are sent as they are: they fill one packet either way.</summary>
    public const int Threshold = 1024;

    /// <summary>Chooses for an answer of this length, and sets the headers that tell of it, <c>ETag</c> included.</summary>
    /// <param name="hasBody">False: a 304, whose headers are those of the 200 that it stands for.</param>
    public static ContentCoding Negotiate(HttpContext http, long length, bool hasBody = true)
    {
        if (length <= Threshold) return ContentCoding.Identity;
        var headers = http.Response.Headers;
        headers.Vary = headers.Vary.Count == 0 ? "Accept-Encoding" : StringValues.Concat(headers.Vary, "Accept-Encoding");
        var coding = Best(http.Request.Headers.AcceptEncoding);
        if (coding == ContentCoding.Identity) return coding;
        if (hasBody) headers.ContentEncoding = coding == ContentCoding.Brotli ? "br" : "gzip";
        // A strong tag would stand for the very bytes (RFC 9110, 8.8.1); weak, it is one tag of all forms.
        if (headers.ETag is [['"', ..] strong]) headers.ETag = "W/" + strong;
        return coding;
    }

    /// <summary>The client's preferred coding; if equal, brotli, which compresses better. Malformed entries are ignored.</summary>
    public static ContentCoding Best(StringValues acceptEncoding)
    {
        double? brotli = null, gzip = null, identity = null, other = null;
        foreach (var line in acceptEncoding)
        {
            foreach (var range in line.AsSpan().Split(','))
            {
                var item = line.AsSpan()[range].Trim();
                if (Weight(item, out var name) is not { } weight) continue;
                if (name.Equals("br", StringComparison.OrdinalIgnoreCase)) brotli = weight;
                else if (name.Equals("gzip", StringComparison.OrdinalIgnoreCase) || name.Equals("x-gzip", StringComparison.OrdinalIgnoreCase)) gzip = weight;
                else if (name.Equals("identity", StringComparison.OrdinalIgnoreCase)) identity = weight;
                else if (name is "*") other = weight;
            }
        }

        var (b, g) = (brotli ?? other ?? 0, gzip ?? other ?? 0);
        var best = Math.Max(b, g);
        if (best <= 0 || identity > best) return ContentCoding.Identity;
        return b >= g ? ContentCoding.Brotli : ContentCoding.Gzip;
    }

    /// <returns>Null: it cannot be read.</returns>
    private static double? Weight(ReadOnlySpan<char> item, out ReadOnlySpan<char> name)
    {
        var semicolon = item.IndexOf(';');
        name = semicolon < 0 ? item : item[..semicolon].TrimEnd();
        if (semicolon < 0) return 1;
        var weight = item[(semicolon + 1)..].Trim();
        if (!weight.StartsWith("q=", StringComparison.OrdinalIgnoreCase)) return null;
        return double.TryParse(weight[2..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value <= 1 ? value : null;
    }
}
