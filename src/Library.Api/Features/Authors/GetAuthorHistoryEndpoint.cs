using System.ComponentModel;
using Library.Api.Infrastructure.History;
using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Lists;

namespace Library.Api.Features.Authors;

internal static class GetAuthorHistoryEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead("/authors/{id:guid}/history", HandleAsync)
        .WithName("GetAuthorHistory")
        .WithSummary("Read the history of an author")
        .WithDescription("A page of the author's events, oldest first; of a deleted author too. 404 only for an id that no author ever had.")
        .Produces<PageResponse<HistoryEntry>>()
        .IsPageRead()
        .Refuses(400, 404, 503);

    private static Task<IResult> HandleAsync([Description("The author's id.")] Guid id, PageRequest page, HttpContext http, HistoryReads reads) =>
        reads.AnswerAsync(http, AuthorResource.Type.Named(id), page);
}
