using System.ComponentModel;
using Library.Api.Infrastructure.Commands;
using Library.Api.Infrastructure.Http;
using Library.Contracts.Commands;

namespace Library.Api.Features.Authors;

internal static class RestoreAuthorEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/authors/{id:guid}/restore", HandleAsync)
        .WithName("RestoreAuthor")
        .WithSummary("Undo an author's last deletion")
        .WithDescription("The author is back with the outcome; its books follow within seconds. Not deleted, or created anew since: 409.")
        .Produces<AuthorResponse>()
        .IsCommand(TakesPreconditions.None, 404, 409);

    private static Task<IResult> HandleAsync([Description("The author's id.")] Guid id, CommandRequest request, CommandSender sender) =>
        sender.SendAsync(request, AuthorResource.Type.Named(id), new RestoreAuthor
        {
            OperationId = request.OperationId,
            AcceptedAt = request.AcceptedAt,
            AuthorId = id,
        });
}
