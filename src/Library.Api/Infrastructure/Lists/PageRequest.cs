using System.Globalization;
using System.Reflection;
using Library.Api.Infrastructure.Http;

namespace Library.Api.Infrastructure.Lists;

/// <summary>Which page of a list: <c>limit</c> and <c>after</c>.</summary>
internal sealed record PageRequest(int Limit, string? After)
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 500;
    public static readonly string WrongLimit = $"It must be a whole number from 1 to {MaxLimit}.";

    public static ValueTask<PageRequest?> BindAsync(HttpContext http, ParameterInfo parameter)
    {
        var query = http.Request.Query;
        var limit = DefaultLimit;
        if (query.TryGetValue("limit", out var text) && !TryReadLimit(text, out limit)) throw RefusalException.OfQuery("limit", WrongLimit);
        return ValueTask.FromResult<PageRequest?>(new(limit, query.TryGetValue("after", out var after) ? (string?)after ?? "" : null));
    }

    public static bool TryReadLimit(string? text, out int limit) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= MaxLimit;

    /// <summary>The id after which the page begins; nil: at the start.</summary>
    public Guid StartOf(string query, Cursors cursors)
    {
        if (After is null) return Guid.Empty;
        return cursors.TryRead(query, After, out var key) ? key!.Id : throw RefusalException.OfQuery("after", "It must be a cursor that this very list gave as next.");
    }
}
