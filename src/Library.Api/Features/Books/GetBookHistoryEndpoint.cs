using System.ComponentModel;
using Library.Api.Infrastructure.History;
using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Lists;

namespace Library.Api.Features.Books;

internal static class GetBookHistoryEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead("/books/{id:guid}/history", HandleAsync)
        .WithName("GetBookHistory")
        .WithSummary("Read the history of a book")
        .WithDescription("A page of the book's events, oldest first; of a deleted book too. 404 only for an id that no book ever had.")
        .Produces<PageResponse<HistoryEntry>>()
        .IsPageRead()
        .Refuses(400, 404, 503);

    private static Task<IResult> HandleAsync([Description("The book's id.")] Guid id, PageRequest page, HttpContext http, HistoryReads reads) =>
        reads.AnswerAsync(http, BookResource.Type.Named(id), page);
}
