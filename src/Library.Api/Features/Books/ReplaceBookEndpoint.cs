using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using FluentValidation;
using Library.Api.Infrastructure.Commands;
using Library.Api.Infrastructure.Http;
using Library.Contracts.Commands;

namespace Library.Api.Features.Books;

/// <summary>All fields of a book; one that is left out is taken away.</summary>
internal sealed record ReplaceBookRequest
{
    /// <summary>May repeat the id of the path; another one is refused.</summary>
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

    internal sealed class Validator : AbstractValidator<ReplaceBookRequest>
    {
        public Validator()
        {
            RuleFor(book => book.Title).Required().NotBlank().Text(BookRules.TitleLength);
            RuleFor(book => book.Description).Text(BookRules.DescriptionLength);
            RuleFor(book => book.AuthorIds).Required().Authors();
        }
    }
}

internal static class ReplaceBookEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/books/{id:guid}", HandleAsync)
        .WithName("ReplaceBook")
        .WithSummary("Replace a book, or create it under this id")
        .WithDescription("Sets all fields. Creates the book when the id is unknown or was deleted; If-None-Match: * only creates, If-Match only replaces. A replacement that changes nothing succeeds with the same version.")
        .Accepts<ReplaceBookRequest>(MediaTypes.Json)
        .Produces<BookResponse>()
        .Produces<BookResponse>(StatusCodes.Status201Created)
        .IsCommand(TakesPreconditions.Match | TakesPreconditions.NoneMatch, 404, 409, 412, 413, 415);

    private static Task<IResult> HandleAsync(
        [Description("The book's id, chosen by the client or known from before.")] Guid id,
        Body<ReplaceBookRequest> body,
        CommandRequest request,
        CommandSender sender)
    {
        PathIds.Check(id, body.Value.Id);
        return sender.SendAsync(request, BookResource.Type.Named(id), ToCommand(id, body.Value, request));
    }

    private static CatalogCommand ToCommand(Guid id, ReplaceBookRequest book, CommandRequest request)
    {
        if (!request.If.MustExist)
        {
            return new ReplaceBook
            {
                OperationId = request.OperationId,
                AcceptedAt = request.AcceptedAt,
                ExpectedVersion = request.If.ExpectedVersion,
                CreateOnly = request.If.CreateOnly,
                BookId = id,
                Title = book.Title!,
                Description = book.Description,
                PublishDate = book.PublishDate,
                AuthorIds = book.AuthorIds!,
            };
        }

        // If-Match: * forbids the creation. A patch that names every field is that very command.
        var patch = JsonSerializer.SerializeToNode(book, BookJson.Requests.ReplaceBookRequest)!.AsObject();
        patch.Remove("id");
        return new PatchBook
        {
            OperationId = request.OperationId,
            AcceptedAt = request.AcceptedAt,
            BookId = id,
            Patch = patch.Deserialize(BookJson.Requests.JsonElement),
        };
    }
}
