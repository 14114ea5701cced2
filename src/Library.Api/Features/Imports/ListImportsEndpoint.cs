using System.Globalization;
using System.Reflection;
using Library.Api.Infrastructure.Access;
using Library.Api.Infrastructure.Http;

namespace Library.Api.Features.Imports;

internal static class ListImportsEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead("/imports", HandleAsync)
        .WithName("ListImports")
        .WithSummary("List imports")
        .WithDescription("A page of the caller's imports, newest first; an administrator sees all. The link with rel=next, or the cursor next, leads to the next page; the last one has none.")
        .Produces<ImportPageResponse>()
        .WithMetadata(new ImportPageRoute())
        .TakesQuery("limit", "after")
        .Refuses(400, 503);

    private static async Task<IResult> HandleAsync(ImportPageRequest page, HttpContext http, ImportReader reader, Callers callers)
    {
        // Reads one row more than requested, to know whether there is a next page.
        var rows = await reader.PageAsync(callers.Of(http), page.After, page.Limit + 1, http.RequestAborted);
        var next = rows.Count > page.Limit ? rows[page.Limit - 1].Id.ToString("N") : null;
        if (next is not null)
        {
            http.Response.Headers.Link = string.Create(
                CultureInfo.InvariantCulture, $"<{http.Request.PathBase}{http.Request.Path}?limit={page.Limit}&after={next}>; rel=\"next\"");
        }

        http.Response.Headers.CacheControl = "no-store";
        var answer = new ImportPageResponse { Items = [.. rows.Take(page.Limit)], Next = next };
        return JsonResult.Of(StatusCodes.Status200OK, answer, ImportJson.Responses.ImportPageResponse);
    }
}

/// <summary>A page of imports.</summary>
internal sealed record ImportPageResponse
{
    /// <summary>Newest first.</summary>
    public required IReadOnlyList<ImportResponse> Items { get; init; }

    /// <summary>Cursor of the next page, for the parameter after; left out on the last page.</summary>
    public string? Next { get; init; }
}

/// <summary>Which page of the imports: <c>limit</c> and <c>after</c>.</summary>
internal sealed record ImportPageRequest(int Limit, Guid? After)
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 500;

    public static ValueTask<ImportPageRequest?> BindAsync(HttpContext http, ParameterInfo parameter)
    {
        var query = http.Request.Query;
        var limit = DefaultLimit;
        if (query.TryGetValue("limit", out var text)
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxLimit))
            throw RefusalException.OfQuery("limit", $"It must be a whole number from 1 to {MaxLimit}.");
        if (!query.TryGetValue("after", out var cursor)) return ValueTask.FromResult<ImportPageRequest?>(new(limit, null));
        if (!Guid.TryParseExact(cursor, "N", out var after)) throw RefusalException.OfQuery("after", "It must be a cursor that this very list gave as next.");
        return ValueTask.FromResult<ImportPageRequest?>(new(limit, after));
    }
}

internal sealed class ImportPageRoute;
