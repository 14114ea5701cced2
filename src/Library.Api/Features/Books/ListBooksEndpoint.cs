using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Lists;

namespace Library.Api.Features.Books;

internal static class ListBooksEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead("/books", HandleAsync)
        .WithName("ListBooks")
        .WithSummary("List books")
        .WithDescription("A page of books, by id unless q or sort says otherwise. The link with rel=next, or the cursor next, leads to the next page; the last one has none. Cached for moments, emptied by events.")
        .Produces<PageResponse<BookResponse>>()
        .IsPageRead(BookLists.All)
        .Refuses(400, 503);

    private static Task<IResult> HandleAsync(HttpContext http, ListReads reads) => reads.AnswerAsync(http, BookLists.All);
}
