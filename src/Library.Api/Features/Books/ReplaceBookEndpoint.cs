using System.ComponentModel;
using FluentValidation;
using Library.Api.Infrastructure.Commands;
using Library.Api.Infrastructure.Http;
using Library.Contracts;
using Library.Contracts.Commands;
using Library.Contracts.Serialization;

namespace Library.Api.Features.Books;

internal static class ReplaceBookEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/books/{id:guid}", HandleAsync)
        .WithName("ReplaceBook")
        .WithSummary("Replace a book, or create it under this id")
        .WithDescription("Sets all fields. Creates the book when the id is unknown or was deleted; If-None-Match: * only creates, If-Match only replaces. A replacement that changes nothing succeeds with the same version.")
        .Accepts<BookBody>(MediaTypes.Json)
        .Produces<BookResponse>()
        .Produces<BookResponse>(StatusCodes.Status201Created)
        .IsCommand(TakesPreconditions.Match | TakesPreconditions.NoneMatch, 404, 409, 412, 413, 415);

    private static Task<IResult> HandleAsync(
        [Description("The book's id, chosen by the client or known from before.")] Guid id,
        Body<BookBody> body,
        CommandRequest request,
        CommandSender sender)
    {
        PathIds.Check(id, body.Value.Id);
        return sender.SendAsync(request, BookResource.Type.Named(id), ToCommand(id, body.Value, request));
    }

    private static CatalogCommand ToCommand(Guid id, BookBody book, CommandRequest request) => request.If.MustExist
        ? new PatchBook
        {
            OperationId = request.OperationId,
            AcceptedAt = request.AcceptedAt,
            BookId = id,
            Patch = Replacement.AsPatch(book.ToState(id), LibraryJsonContext.Default.BookState),
        }
        : new ReplaceBook
        {
            OperationId = request.OperationId,
            AcceptedAt = request.AcceptedAt,
            ExpectedVersions = request.If.ExpectedVersions,
            CreateOnly = request.If.CreateOnly,
            Book = book.ToState(id),
        };
}
