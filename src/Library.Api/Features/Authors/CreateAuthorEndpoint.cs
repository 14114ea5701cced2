using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Library.Api.Infrastructure.Commands;
using Library.Api.Infrastructure.Http;
using Library.Contracts.Commands;

namespace Library.Api.Features.Authors;

/// <summary>A new author.</summary>
internal sealed record CreateAuthorRequest
{
    /// <summary>The author's id, a UUID of the client's choice; left out: one is made. A client that chooses it may send the request again without making a second author.</summary>
    public Guid? Id { get; init; }

    /// <summary>1–200 characters (Unicode code points), not blank. Required.</summary>
    [Required, MinLength(1), MaxLength(AuthorRules.NameLength)]
    public string? Name { get; init; }

    /// <summary>At most 10,000 characters.</summary>
    [MaxLength(AuthorRules.BioLength)]
    public string? Bio { get; init; }

    /// <summary>Day of birth, not in the future.</summary>
    public DateOnly? BirthDate { get; init; }

    internal sealed class Validator : AbstractValidator<CreateAuthorRequest>
    {
        public Validator(TimeProvider time)
        {
            RuleFor(author => author.Id).ResourceId();
            RuleFor(author => author.Name).Required().NotBlank().Text(AuthorRules.NameLength);
            RuleFor(author => author.Bio).Text(AuthorRules.BioLength);
            RuleFor(author => author.BirthDate).NotInTheFuture(time);
        }
    }
}

internal static class CreateAuthorEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/authors", HandleAsync)
        .WithName("CreateAuthor")
        .WithSummary("Create an author")
        .WithDescription("The body may carry the id. An id that is taken is refused (409).")
        .Accepts<CreateAuthorRequest>(MediaTypes.Json)
        .Produces<AuthorResponse>(StatusCodes.Status201Created)
        .IsCommand(TakesPreconditions.None, 409, 413, 415);

    private static Task<IResult> HandleAsync(Body<CreateAuthorRequest> body, CommandRequest request, CommandSender sender)
    {
        var id = body.Value.Id ?? request.NewResourceId();
        return sender.SendAsync(request, AuthorResource.Type.Named(id), new CreateAuthor
        {
            OperationId = request.OperationId,
            AcceptedAt = request.AcceptedAt,
            AuthorId = id,
            Name = body.Value.Name!,
            Bio = body.Value.Bio,
            BirthDate = body.Value.BirthDate,
        });
    }
}
