using System.ComponentModel;
using FluentValidation;
using Library.Api.Infrastructure.Commands;
using Library.Api.Infrastructure.Http;
using Library.Contracts.Commands;

namespace Library.Api.Features.Authors;

internal static class PatchAuthorEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPatch("/authors/{id:guid}", HandleAsync)
        .WithName("PatchAuthor")
        .WithSummary("Change fields of an author")
        .WithDescription("A JSON merge patch (RFC 7396). A patch that changes nothing succeeds with the same version.")
        .Accepts<AuthorPatch>(MediaTypes.MergePatch)
        .Produces<AuthorResponse>()
        .IsCommand(TakesPreconditions.Match, 404, 412, 413, 415);

    private static Task<IResult> HandleAsync(
        [Description("The author's id.")] Guid id, PatchBody<AuthorPatch> body, CommandRequest request, CommandSender sender) =>
        sender.SendAsync(request, AuthorResource.Type.Named(id), new PatchAuthor
        {
            OperationId = request.OperationId,
            AcceptedAt = request.AcceptedAt,
            ExpectedVersions = request.If.ExpectedVersions,
            AuthorId = id,
            Patch = body.Patch,
        });
}
