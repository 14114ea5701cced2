using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Library.Api.Infrastructure.Commands;
using Library.Api.Infrastructure.Http;
using Library.Contracts.Commands;

namespace Library.Api.Features.Books;

/// <summary>A new book.</summary>
internal sealed record CreateBookRequest
{
    /// <summary>The book's id, a UUID of the client's choice; left out: one is made. A client that chooses it may send the request again without making a second book.</summary>
    public Guid? Id { get; init; }

    /// <summary>1–500 characters (Unicode code points), not blank. Required.</summary>
    [Required, MinLength(1), MaxLength(BookRules.TitleLength)]
    public string? Title { get; init; }

    /// <summary>At most 20,000 characters.</summary>
    [MaxLength(BookRules.DescriptionLength)]
    public string? Description { get; init; }

    /// <summary>Day of publication.</summary>
    public DateOnly? PublishDate { get; init; }

    /// <summary>1–100 distinct ids of authors in the catalog, in the order in which the book names them. Required.</summary>
    [Required, MinLength(1), MaxLength(BookRules.AuthorCount)]
    public IReadOnlyList<Guid>? AuthorIds { get; init; }

    internal sealed class Validator : AbstractValidator<CreateBookRequest>
    {
        public Validator()
        {
            RuleFor(book => book.Id).ResourceId();
            RuleFor(book => book.Title).Required().NotBlank().Text(BookRules.TitleLength);
            RuleFor(book => book.Description).Text(BookRules.DescriptionLength);
            RuleFor(book => book.AuthorIds).Required().Authors();
        }
    }
}

internal static class CreateBookEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/books", HandleAsync)
        .WithName("CreateBook")
        .WithSummary("Create a book")
        .WithDescription("The body may carry the id. An id that is taken is refused (409), an author that is not in the catalog too (422); an author may be named as soon as the 202 of its creation is there.")
        .Accepts<CreateBookRequest>(MediaTypes.Json)
        .Produces<BookResponse>(StatusCodes.Status201Created)
        .IsCommand(TakesPreconditions.None, 409, 413, 415);

    private static Task<IResult> HandleAsync(Body<CreateBookRequest> body, CommandRequest request, CommandSender sender)
    {
        var id = body.Value.Id ?? request.NewResourceId();
        return sender.SendAsync(request, BookResource.Type.Named(id), new CreateBook
        {
            OperationId = request.OperationId,
            AcceptedAt = request.AcceptedAt,
            BookId = id,
            Title = body.Value.Title!,
            Description = body.Value.Description,
            PublishDate = body.Value.PublishDate,
            AuthorIds = body.Value.AuthorIds!,
        });
    }
}
