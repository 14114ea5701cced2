using System.ComponentModel;
using Library.Api.Http;
using Library.Api.Reading;

namespace Library.Api.Books;

internal static class GetBookEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead("/books/{id:guid}", HandleAsync)
        .WithName("GetBook")
        .WithSummary("Read a book")
        .WithDescription("Cached for moments, emptied by events; Library-Min-Position asks for a state no older than a position. With asOf it is the state at that time, 404 if the book was not in the catalog then.")
        .Produces<BookResponse>()
        .Produces(StatusCodes.Status304NotModified)
        .IsSingleRead()
        .TakesQuery(AsOf.Parameter)
        .Refuses(400, 404, 503);

    private static Task<IResult> HandleAsync([Description("The book's id.")] Guid id, AsOf? asOf, HttpContext http, SingleReads reads) =>
        reads.AnswerAsync(http, BookResource.Type.Named(id), asOf);
}
