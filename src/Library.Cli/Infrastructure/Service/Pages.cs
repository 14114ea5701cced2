using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace Library.Cli.Infrastructure.Service;

/// <summary>Reads a list page by page.</summary>
internal static class Pages
{
    private const int LargestPage = 500;

    public static Option<int> Limit()
    {
        var limit = new Option<int>("--limit") { Description = "How many at most.", DefaultValueFactory = _ => 20 };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1) result.AddError("--limit must be at least 1.");
        });
        return limit;
    }

    /// <param name="path">With its other parameters.</param>
    /// <returns>The items, JSON each.</returns>
    public static async Task<List<string>> ReadAsync(LibraryClient client, string path, int limit, CancellationToken cancellation)
    {
        var items = new List<string>();
        string? next = null;
        do
        {
            var size = Math.Min(limit - items.Count, LargestPage);
            var query = string.Create(CultureInfo.InvariantCulture, $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit={size}");
            using var page = JsonDocument.Parse(await client.GetAsync(next is null ? query : $"{query}&after={Uri.EscapeDataString(next)}", cancellation));
            items.AddRange(page.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetRawText()));
            next = page.RootElement.TryGetProperty("next", out var cursor) ? cursor.GetString() : null;
        }
        while (next is not null && items.Count < limit);
        return items;
    }
}
