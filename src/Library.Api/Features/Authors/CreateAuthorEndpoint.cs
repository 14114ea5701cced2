using FluentValidation;
using Library.Api.Infrastructure.Commands;
using Library.Api.Infrastructure.Http;
using Library.Contracts.Commands;

namespace Library.Api.Features.Authors;

internal static class CreateAuthorEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/authors", HandleAsync)
        .WithName("CreateAuthor")
        .WithSummary("Create an author")
        .WithDescription("The body may carry the id. An id that is taken is refused (409).")
        .Accepts<AuthorBody>(MediaTypes.Json)
        .Produces<AuthorResponse>(StatusCodes.Status201Created)
        .IsCommand(TakesPreconditions.None, 409, 413, 415);

    private static Task<IResult> HandleAsync(Body<AuthorBody> body, CommandRequest request, CommandSender sender)
    {
        var author = body.Value.ToState(body.Value.Id ?? request.NewResourceId());
        return sender.SendAsync(request, AuthorResource.Type.Named(author.Id), new CreateAuthor
        {
            OperationId = request.OperationId,
            AcceptedAt = request.AcceptedAt,
            Author = author,
        });
    }
}
