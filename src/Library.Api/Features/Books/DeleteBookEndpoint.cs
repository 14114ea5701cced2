using System.ComponentModel;
using Library.Api.Infrastructure.Commands;
using Library.Api.Infrastructure.Http;
using Library.Contracts.Commands;

namespace Library.Api.Features.Books;

internal static class DeleteBookEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapDelete("/books/{id:guid}", HandleAsync)
        .WithName("DeleteBook")
        .WithSummary("Delete a book")
        .WithDescription("Success means that the book is gone. Its authors stay.")
        .Produces(StatusCodes.Status204NoContent)
        .IsCommand(TakesPreconditions.Match, 404, 412);

    private static Task<IResult> HandleAsync([Description("The book's id.")] Guid id, CommandRequest request, CommandSender sender) =>
        sender.SendAsync(request, BookResource.Type.Named(id), new DeleteBook
        {
            OperationId = request.OperationId,
            AcceptedAt = request.AcceptedAt,
            ExpectedVersions = request.If.ExpectedVersions,
            BookId = id,
        });
}
