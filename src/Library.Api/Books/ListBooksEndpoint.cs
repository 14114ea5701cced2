using Library.Api.Http;
using Library.Api.Reading;

namespace Library.Api.Books;

internal static class ListBooksEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead("/books", HandleAsync)
        .WithName("ListBooks")
        .WithSummary("List books")
        .WithDescription("A page of books by id. The link with rel=next, or the cursor next, leads to the next page; the last one has none.")
        .Produces<PageResponse<BookResponse>>()
        .IsPageRead()
        .Refuses(400, 503);

    private static Task<IResult> HandleAsync(PageRequest page, HttpContext http, PageReads reads) =>
        reads.AnswerAsync(http, BookResource.Type, page);
}
