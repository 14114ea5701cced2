using System.ComponentModel;
using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Resources;

namespace Library.Api.Features.Authors;

internal static class GetAuthorEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        // Resolved once, not per request: a service scope per request costs as much as the read itself.
        var reads = routes.ServiceProvider.GetRequiredService<SingleReads>();
        routes.MapRead("/authors/{id:guid}", ([Description("The author's id.")] Guid id, HttpContext http) => reads.AnswerAsync(http, AuthorResource.Type.Named(id)))
            .WithName("GetAuthor")
            .WithSummary("Read an author")
            .WithDescription("Cached for moments, emptied by events; Library-Min-Position asks for a state no older than a position. With asOf it is the state at that time, 404 if the author was not in the catalog then.")
            .Produces<AuthorResponse>()
            .Produces(StatusCodes.Status304NotModified)
            .IsSingleRead()
            .TakesQuery(AsOf.Parameter)
            .Refuses(400, 404, 503);
    }
}
