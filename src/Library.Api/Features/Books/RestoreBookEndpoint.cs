using System.ComponentModel;
using Library.Api.Infrastructure.Commands;
using Library.Api.Infrastructure.Http;
using Library.Contracts.Commands;

namespace Library.Api.Features.Books;

internal static class RestoreBookEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/books/{id:guid}/restore", HandleAsync)
        .WithName("RestoreBook")
        .WithSummary("Undo a book's last deletion")
        .WithDescription("The book is back with the outcome, named by those of its authors that are in the catalog. Not deleted, created anew since, or no author left: 409.")
        .Produces<BookResponse>()
        .IsCommand(TakesPreconditions.None, 404, 409);

    private static Task<IResult> HandleAsync([Description("The book's id.")] Guid id, CommandRequest request, CommandSender sender) =>
        sender.SendAsync(request, BookResource.Type.Named(id), new RestoreBook
        {
            OperationId = request.OperationId,
            AcceptedAt = request.AcceptedAt,
            BookId = id,
        });
}
