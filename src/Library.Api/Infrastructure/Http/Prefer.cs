using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Library.Api.Infrastructure.Http;

/// <summary>The preferences (RFC 7240) that this service knows. What is unknown or malformed is ignored, as that RFC asks.</summary>
/// <param name="Wait">How long to wait for the outcome; null: not at all.</param>
/// <param name="RespondAsync">The 202 whatever <paramref name="Wait"/> says.</param>
internal readonly record struct Prefer(TimeSpan? Wait, bool RespondAsync)
{
    public const int MaxWaitSeconds = 30;

    public static Prefer Read(StringValues header)
    {
        string? wait = null;
        var respondAsync = false;
        foreach (var line in header)
        {
            foreach (var item in SplitOutsideQuotes(line ?? "", ','))
            {
                // Parameters of a preference (after a semicolon) are none that we know.
                var preference = SplitOutsideQuotes(item, ';')[0];
                var equals = preference.IndexOf('=');
                var name = (equals < 0 ? preference : preference[..equals]).Trim();
                var value = equals < 0 ? "" : preference[(equals + 1)..].Trim().Trim('"');
                if (name.Equals("respond-async", StringComparison.OrdinalIgnoreCase)) respondAsync = true;
                // The first one counts.
                else if (name.Equals("wait", StringComparison.OrdinalIgnoreCase)) wait ??= value;
            }
        }

        var seconds = Seconds(wait);
        return new(seconds is null or 0 ? null : TimeSpan.FromSeconds(seconds.Value), respondAsync);
    }

    /// <summary>The value of <c>Preference-Applied</c> for this wait.</summary>
    public static string Applied(TimeSpan wait) => string.Create(CultureInfo.InvariantCulture, $"wait={(int)wait.TotalSeconds}");

    private static int? Seconds(string? text)
    {
        if (string.IsNullOrEmpty(text) || !text.All(char.IsAsciiDigit)) return null;
        return text.TrimStart('0').Length > 2 ? MaxWaitSeconds : Math.Min(int.Parse(text, CultureInfo.InvariantCulture), MaxWaitSeconds);
    }

    private static List<string> SplitOutsideQuotes(string text, char separator)
    {
        var parts = new List<string>();
        var quoted = false;
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"') quoted = !quoted;
            else if (text[i] == separator && !quoted)
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }
}
