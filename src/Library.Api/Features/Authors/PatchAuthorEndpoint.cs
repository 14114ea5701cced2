using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Library.Api.Infrastructure.Commands;
using Library.Api.Infrastructure.Http;
using Library.Contracts.Commands;

namespace Library.Api.Features.Authors;

/// <summary>Changes to an author (JSON merge patch, RFC 7396): a field that is left out stays, null takes an optional field away.</summary>
internal sealed record PatchAuthorRequest
{
    /// <summary>1–200 characters (Unicode code points), not blank, not null.</summary>
    [MinLength(1), MaxLength(AuthorRules.NameLength)]
    public Patched<string> Name { get; init; }

    /// <summary>At most 10,000 characters; null takes it away.</summary>
    [MaxLength(AuthorRules.BioLength)]
    public Patched<string> Bio { get; init; }

    /// <summary>Day of birth, not in the future; null takes it away.</summary>
    public Patched<DateOnly?> BirthDate { get; init; }

    internal sealed class Validator : AbstractValidator<PatchAuthorRequest>
    {
        public Validator(TimeProvider time)
        {
            RuleFor(author => author.Name.Value).Required().NotBlank().Text(AuthorRules.NameLength).OverridePropertyName(nameof(Name)).When(author => author.Name.IsSet);
            RuleFor(author => author.Bio.Value).Text(AuthorRules.BioLength).OverridePropertyName(nameof(Bio));
            RuleFor(author => author.BirthDate.Value).NotInTheFuture(time).OverridePropertyName(nameof(BirthDate));
        }
    }
}

internal static class PatchAuthorEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPatch("/authors/{id:guid}", HandleAsync)
        .WithName("PatchAuthor")
        .WithSummary("Change fields of an author")
        .WithDescription("A JSON merge patch (RFC 7396). A patch that changes nothing succeeds with the same version.")
        .Accepts<PatchAuthorRequest>(MediaTypes.MergePatch)
        .Produces<AuthorResponse>()
        .IsCommand(TakesPreconditions.Match, 404, 412, 413, 415);

    private static Task<IResult> HandleAsync(
        [Description("The author's id.")] Guid id, PatchBody<PatchAuthorRequest> body, CommandRequest request, CommandSender sender) =>
        sender.SendAsync(request, AuthorResource.Type.Named(id), new PatchAuthor
        {
            OperationId = request.OperationId,
            AcceptedAt = request.AcceptedAt,
            ExpectedVersion = request.If.ExpectedVersion,
            AuthorId = id,
            Patch = body.Patch,
        });
}
