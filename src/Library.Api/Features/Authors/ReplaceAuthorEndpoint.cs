using System.ComponentModel;
using FluentValidation;
using Library.Api.Infrastructure.Commands;
using Library.Api.Infrastructure.Http;
using Library.Contracts;
using Library.Contracts.Commands;
using Library.Contracts.Serialization;

namespace Library.Api.Features.Authors;

internal static class ReplaceAuthorEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/authors/{id:guid}", HandleAsync)
        .WithName("ReplaceAuthor")
        .WithSummary("Replace an author, or create it under this id")
        .WithDescription("Sets all fields. Creates the author when the id is unknown or was deleted; If-None-Match: * only creates, If-Match only replaces. A replacement that changes nothing succeeds with the same version.")
        .Accepts<AuthorBody>(MediaTypes.Json)
        .Produces<AuthorResponse>()
        .Produces<AuthorResponse>(StatusCodes.Status201Created)
        .IsCommand(TakesPreconditions.Match | TakesPreconditions.NoneMatch, 404, 409, 412, 413, 415);

    private static Task<IResult> HandleAsync(
        [Description("The author's id, chosen by the client or known from before.")] Guid id,
        Body<AuthorBody> body,
        CommandRequest request,
        CommandSender sender)
    {
        PathIds.Check(id, body.Value.Id);
        return sender.SendAsync(request, AuthorResource.Type.Named(id), ToCommand(id, body.Value, request));
    }

    private static CatalogCommand ToCommand(Guid id, AuthorBody author, CommandRequest request) => request.If.MustExist
        ? new PatchAuthor
        {
            OperationId = request.OperationId,
            AcceptedAt = request.AcceptedAt,
            AuthorId = id,
            Patch = Replacement.AsPatch(author.ToState(id), LibraryJsonContext.Default.AuthorState),
        }
        : new ReplaceAuthor
        {
            OperationId = request.OperationId,
            AcceptedAt = request.AcceptedAt,
            ExpectedVersions = request.If.ExpectedVersions,
            CreateOnly = request.If.CreateOnly,
            Author = author.ToState(id),
        };
}
