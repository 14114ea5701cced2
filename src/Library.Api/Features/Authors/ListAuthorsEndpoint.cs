using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Lists;

namespace Library.Api.Features.Authors;

internal static class ListAuthorsEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead("/authors", HandleAsync)
        .WithName("ListAuthors")
        .WithSummary("List authors")
        .WithDescription("A page of authors, by id unless q or sort says otherwise. The link with rel=next, or the cursor next, leads to the next page; the last one has none. Cached for moments, emptied by events.")
        .Produces<PageResponse<AuthorResponse>>()
        .IsPageRead(AuthorLists.All)
        .Refuses(400, 503);

    private static Task<IResult> HandleAsync(HttpContext http, ListReads reads) => reads.AnswerAsync(http, AuthorLists.All);
}
