using Library.Api.Http;
using Library.Api.Reading;

namespace Library.Api.Authors;

internal static class ListAuthorsEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead("/authors", HandleAsync)
        .WithName("ListAuthors")
        .WithSummary("List authors")
        .WithDescription("A page of authors by id. The link with rel=next, or the cursor next, leads to the next page; the last one has none.")
        .Produces<PageResponse<AuthorResponse>>()
        .IsPageRead()
        .Refuses(400, 503);

    private static Task<IResult> HandleAsync(PageRequest page, HttpContext http, PageReads reads) =>
        reads.AnswerAsync(http, AuthorResource.Type, page);
}
