using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Lists;

namespace Library.Api.Features.DeadLetters;

internal static class ListDeadLettersEndpoint
{
    private const string Query = "dead-letters";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead("/dead-letters", HandleAsync)
        .WithName("ListDeadLetters")
        .WithSummary("List messages that were dead-lettered")
        .WithDescription("Messages that the writer could not read or apply, with the reason, in the order in which they came. Each stays until it is discarded.")
        .Produces<PageResponse<DeadLetterResponse>>()
        .IsPaged()
        .Refuses(400, 503);

    private static async Task<IResult> HandleAsync(PageRequest page, HttpContext http, DeadLetterStore letters, Cursors cursors)
    {
        http.Response.Headers.CacheControl = "no-store";
        // Reads one row more than requested, to know whether there is a next page.
        var found = await letters.PageAsync(page.StartOf(Query, cursors), page.Limit + 1, http.RequestAborted);
        return JsonResult.Of(
            StatusCodes.Status200OK,
            new PageResponse<DeadLetterResponse>
            {
                Items = [.. found.Take(page.Limit)],
                Next = found.Count > page.Limit ? cursors.Write(Query, new PageKey(null, found[page.Limit - 1].Id)) : null,
            },
            DeadLetterJson.Responses.PageResponseDeadLetterResponse);
    }
}
