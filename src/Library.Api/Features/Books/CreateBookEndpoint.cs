using FluentValidation;
using Library.Api.Infrastructure.Commands;
using Library.Api.Infrastructure.Http;
using Library.Contracts.Commands;

namespace Library.Api.Features.Books;

internal static class CreateBookEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/books", HandleAsync)
        .WithName("CreateBook")
        .WithSummary("Create a book")
        .WithDescription("The body may carry the id. An id that is taken is refused (409), an author that is not in the catalog too (422); an author may be named as soon as the 202 of its creation is there.")
        .Accepts<BookBody>(MediaTypes.Json)
        .Produces<BookResponse>(StatusCodes.Status201Created)
        .IsCommand(TakesPreconditions.None, 409, 413, 415);

    private static Task<IResult> HandleAsync(Body<BookBody> body, CommandRequest request, CommandSender sender)
    {
        var book = body.Value.ToState(body.Value.Id ?? request.NewResourceId());
        return sender.SendAsync(request, BookResource.Type.Named(book.Id), new CreateBook
        {
            OperationId = request.OperationId,
            AcceptedAt = request.AcceptedAt,
            Book = book,
        });
    }
}
