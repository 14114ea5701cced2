using System.ComponentModel;
using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Reading;
using Library.Hosting.Errors;

namespace Library.Api.Features.Authors;

internal static class PreviewAuthorDeletionEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead("/authors/{id:guid}/deletion-preview", HandleAsync)
        .WithName("PreviewAuthorDeletion")
        .WithSummary("Preview the deletion of an author")
        .WithDescription("How many books would lose the author and how many would be deleted with it, and the first hundred of them. Changes nothing.")
        .Produces<DeletionPreviewResponse>()
        .TakesMinPosition()
        .Refuses(400, 404, 503);

    private static async Task<IResult> HandleAsync(
        [Description("The author's id.")] Guid id, HttpContext http, DeletionPreview preview, MinPosition minPosition)
    {
        Task<DeletionPreviewResponse?> ReadAsync(CancellationToken limit) => preview.FindAsync(id, limit);
        var found = MinPosition.Read(http.Request) is { } position
            ? await minPosition.ReadAtAsync(position, ReadAsync, http.RequestAborted)
            : await ReadAsync(http.RequestAborted);
        if (found is null) return new ProblemResult(Problems.NotFound(AuthorResource.Type.Name, id));
        http.Response.Headers.CacheControl = "private, no-cache";
        return JsonResult.Of(StatusCodes.Status200OK, found, AuthorJson.Responses.DeletionPreviewResponse);
    }
}
