using System.ComponentModel;
using Library.Api.Features.Authors;
using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Lists;

namespace Library.Api.Features.Books;

internal static class ListAuthorsOfBookEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead("/books/{id:guid}/authors", HandleAsync)
        .WithName("ListAuthorsOfBook")
        .WithTags("Authors")
        .WithSummary("List a book's authors")
        .WithDescription("A page of the book's authors, by id unless q or sort says otherwise; authorIds of the book tells their order on it. The link with rel=next, or the cursor next, leads to the next page; the last one has none. Cached for moments, emptied by events.")
        .Produces<PageResponse<AuthorResponse>>()
        .IsPageRead(BookLists.AuthorsOfBook)
        .Refuses(400, 404, 503);

    private static Task<IResult> HandleAsync([Description("The book's id.")] Guid id, HttpContext http, ListReads reads) => reads.AnswerAsync(http, BookLists.AuthorsOfBook, id);
}
