using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Library.Api.Infrastructure.Commands;
using Library.Api.Infrastructure.Http;
using Library.Contracts.Commands;

namespace Library.Api.Features.Books;

/// <summary>Changes to a book (JSON merge patch, RFC 7396): a field that is left out stays, null takes an optional field away.</summary>
internal sealed record PatchBookRequest
{
    /// <summary>1–500 characters (Unicode code points), not blank, not null.</summary>
    [MinLength(1), MaxLength(BookRules.TitleLength)]
    public Patched<string> Title { get; init; }

    /// <summary>At most 20,000 characters; null takes it away.</summary>
    [MaxLength(BookRules.DescriptionLength)]
    public Patched<string> Description { get; init; }

    /// <summary>Day of publication; null takes it away.</summary>
    public Patched<DateOnly?> PublishDate { get; init; }

    /// <summary>1–100 distinct ids of authors in the catalog, not null. Replaces the whole list.</summary>
    [MinLength(1), MaxLength(BookRules.AuthorCount)]
    public Patched<IReadOnlyList<Guid>> AuthorIds { get; init; }

    internal sealed class Validator : AbstractValidator<PatchBookRequest>
    {
        public Validator()
        {
            RuleFor(book => book.Title.Value).Required().NotBlank().Text(BookRules.TitleLength).OverridePropertyName(nameof(Title)).When(book => book.Title.IsSet);
            RuleFor(book => book.Description.Value).Text(BookRules.DescriptionLength).OverridePropertyName(nameof(Description));
            RuleFor(book => book.AuthorIds.Value).Required().Authors().OverridePropertyName(nameof(AuthorIds)).When(book => book.AuthorIds.IsSet);
        }
    }
}

internal static class PatchBookEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPatch("/books/{id:guid}", HandleAsync)
        .WithName("PatchBook")
        .WithSummary("Change fields of a book")
        .WithDescription("A JSON merge patch (RFC 7396). A patch that changes nothing succeeds with the same version.")
        .Accepts<PatchBookRequest>(MediaTypes.MergePatch)
        .Produces<BookResponse>()
        .IsCommand(TakesPreconditions.Match, 404, 412, 413, 415);

    private static Task<IResult> HandleAsync(
        [Description("The book's id.")] Guid id, PatchBody<PatchBookRequest> body, CommandRequest request, CommandSender sender) =>
        sender.SendAsync(request, BookResource.Type.Named(id), new PatchBook
        {
            OperationId = request.OperationId,
            AcceptedAt = request.AcceptedAt,
            ExpectedVersion = request.If.ExpectedVersion,
            BookId = id,
            Patch = body.Patch,
        });
}
