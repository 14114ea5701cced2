using System.ComponentModel;
using Library.Api.Http;
using Library.Api.Reading;

namespace Library.Api.Authors;

internal static class GetAuthorEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead("/authors/{id:guid}", HandleAsync)
        .WithName("GetAuthor")
        .WithSummary("Read an author")
        .WithDescription("Cached for moments, emptied by events; Library-Min-Position asks for a state no older than a position.")
        .Produces<AuthorResponse>()
        .Produces(StatusCodes.Status304NotModified)
        .IsSingleRead()
        .Refuses(400, 404, 503);

    private static Task<IResult> HandleAsync([Description("The author's id.")] Guid id, HttpContext http, SingleReads reads) =>
        reads.AnswerAsync(http, AuthorResource.Type.Named(id));
}
