using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using Library.Api.Infrastructure.Commands;
using Library.Api.Infrastructure.Http;
using Library.Contracts;
using Library.Contracts.Commands;
using Library.Contracts.Serialization;

namespace Library.Api.Features.Books;

internal static class PatchBookEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPatch("/books/{id:guid}", HandleAsync)
        .WithName("PatchBook")
        .WithSummary("Change fields of a book")
        .WithDescription("A JSON merge patch (RFC 7396). A patch that changes nothing succeeds with the same version.")
        .Accepts<BookPatch>(MediaTypes.MergePatch)
        .Produces<BookResponse>()
        .IsCommand(TakesPreconditions.Match, 404, 412, 413, 415);

    private static Task<IResult> HandleAsync(
        [Description("The book's id.")] Guid id, PatchBody<BookPatch> body, CommandRequest request, CommandSender sender) =>
        sender.SendAsync(request, BookResource.Type.Named(id), new PatchBook
        {
            OperationId = request.OperationId,
            AcceptedAt = request.AcceptedAt,
            ExpectedVersions = request.If.ExpectedVersions,
            BookId = id,
            Patch = InFull(body),
        });

    /// <summary>Only the API knows the short form of contributors; a command always has the full form.</summary>
    private static JsonElement InFull(PatchBody<BookPatch> body)
    {
        if (body.Value.AuthorIds is not { } ids) return body.Patch;
        var patch = JsonObject.Create(body.Patch)!;
        patch.Remove("authorIds");
        patch["contributors"] = JsonSerializer.SerializeToNode(Contributor.Authors(ids), LibraryJsonContext.Default.IReadOnlyListContributor);
        return JsonElement.Parse(patch.ToJsonString());
    }
}
