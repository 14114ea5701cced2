using System.ComponentModel;
using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Lists;

namespace Library.Api.Features.Books;

internal static class ListBooksOfAuthorEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead("/authors/{id:guid}/books", HandleAsync)
        .WithName("ListBooksOfAuthor")
        .WithSummary("List an author's books")
        .WithDescription("A page of the author's books, by id unless q or sort says otherwise. The link with rel=next, or the cursor next, leads to the next page; the last one has none. Cached for moments, emptied by events.")
        .Produces<PageResponse<BookResponse>>()
        .IsPageRead(BookLists.OfAuthor)
        .Refuses(400, 404, 503);

    private static Task<IResult> HandleAsync([Description("The author's id.")] Guid id, HttpContext http, ListReads reads) => reads.AnswerAsync(http, BookLists.OfAuthor, id);
}
