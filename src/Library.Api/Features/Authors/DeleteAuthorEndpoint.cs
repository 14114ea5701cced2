using System.ComponentModel;
using Library.Api.Infrastructure.Commands;
using Library.Api.Infrastructure.Http;
using Library.Contracts.Commands;

namespace Library.Api.Features.Authors;

internal static class DeleteAuthorEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapDelete("/authors/{id:guid}", HandleAsync)
        .WithName("DeleteAuthor")
        .WithSummary("Delete an author")
        .WithDescription("Success means that the author is gone. It is then taken off every book, and a book without an author left is deleted, each with its own event, within seconds.")
        .Produces(StatusCodes.Status204NoContent)
        .IsCommand(TakesPreconditions.Match, 404, 412);

    private static Task<IResult> HandleAsync([Description("The author's id.")] Guid id, CommandRequest request, CommandSender sender) =>
        sender.SendAsync(request, AuthorResource.Type.Named(id), new DeleteAuthor
        {
            OperationId = request.OperationId,
            AcceptedAt = request.AcceptedAt,
            ExpectedVersions = request.If.ExpectedVersions,
            AuthorId = id,
        });
}
