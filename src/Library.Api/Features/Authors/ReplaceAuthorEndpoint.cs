using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using FluentValidation;
using Library.Api.Infrastructure.Commands;
using Library.Api.Infrastructure.Http;
using Library.Contracts.Commands;

namespace Library.Api.Features.Authors;

/// <summary>All fields of an author; one that is left out is taken away.</summary>
internal sealed record ReplaceAuthorRequest
{
    /// <summary>May repeat the id of the path; another one is refused.</summary>
    public Guid? Id { get; init; }

    /// <summary>1–200 characters (Unicode code points), not blank. Required.</summary>
    [Required, MinLength(1), MaxLength(AuthorRules.NameLength)]
    public string? Name { get; init; }

    /// <summary>At most 10,000 characters.</summary>
    [MaxLength(AuthorRules.BioLength)]
    public string? Bio { get; init; }

    /// <summary>Day of birth, not in the future.</summary>
    public DateOnly? BirthDate { get; init; }

    internal sealed class Validator : AbstractValidator<ReplaceAuthorRequest>
    {
        public Validator(TimeProvider time)
        {
            RuleFor(author => author.Name).Required().NotBlank().Text(AuthorRules.NameLength);
            RuleFor(author => author.Bio).Text(AuthorRules.BioLength);
            RuleFor(author => author.BirthDate).NotInTheFuture(time);
        }
    }
}

internal static class ReplaceAuthorEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/authors/{id:guid}", HandleAsync)
        .WithName("ReplaceAuthor")
        .WithSummary("Replace an author, or create it under this id")
        .WithDescription("Sets all fields. Creates the author when the id is unknown or was deleted; If-None-Match: * only creates, If-Match only replaces. A replacement that changes nothing succeeds with the same version.")
        .Accepts<ReplaceAuthorRequest>(MediaTypes.Json)
        .Produces<AuthorResponse>()
        .Produces<AuthorResponse>(StatusCodes.Status201Created)
        .IsCommand(TakesPreconditions.Match | TakesPreconditions.NoneMatch, 404, 409, 412, 413, 415);

    private static Task<IResult> HandleAsync(
        [Description("The author's id, chosen by the client or known from before.")] Guid id,
        Body<ReplaceAuthorRequest> body,
        CommandRequest request,
        CommandSender sender)
    {
        PathIds.Check(id, body.Value.Id);
        return sender.SendAsync(request, AuthorResource.Type.Named(id), ToCommand(id, body.Value, request));
    }

    private static CatalogCommand ToCommand(Guid id, ReplaceAuthorRequest author, CommandRequest request)
    {
        if (!request.If.MustExist)
        {
            return new ReplaceAuthor
            {
                OperationId = request.OperationId,
                AcceptedAt = request.AcceptedAt,
                ExpectedVersion = request.If.ExpectedVersion,
                CreateOnly = request.If.CreateOnly,
                AuthorId = id,
                Name = author.Name!,
                Bio = author.Bio,
                BirthDate = author.BirthDate,
            };
        }

        // If-Match: * forbids the creation. A patch that names every field is that very command.
        var patch = JsonSerializer.SerializeToNode(author, AuthorJson.Requests.ReplaceAuthorRequest)!.AsObject();
        patch.Remove("id");
        return new PatchAuthor
        {
            OperationId = request.OperationId,
            AcceptedAt = request.AcceptedAt,
            AuthorId = id,
            Patch = patch.Deserialize(AuthorJson.Requests.JsonElement),
        };
    }
}
