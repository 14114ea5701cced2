using System.ComponentModel;
using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Resources;

namespace Library.Api.Features.Books;

internal static class GetBookEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        // Resolved once, not per request: a service scope per request costs as much as the read itself.
        var reads = routes.ServiceProvider.GetRequiredService<SingleReads>();
        routes.MapRead("/books/{id:guid}", ([Description("The book's id.")] Guid id, HttpContext http) => reads.AnswerAsync(http, BookResource.Type.Named(id)))
            .WithName("GetBook")
            .WithSummary("Read a book")
            .WithDescription("Cached for moments, emptied by events; Library-Min-Position asks for a state no older than a position. With asOf it is the state at that time, 404 if the book was not in the catalog then.")
            .Produces<BookResponse>()
            .Produces(StatusCodes.Status304NotModified)
            .IsSingleRead()
            .TakesQuery(AsOf.Parameter)
            .Refuses(400, 404, 503);
    }
}
