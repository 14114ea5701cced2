using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Library.Api.Infrastructure.Http;
using Library.Contracts;
using Library.Hosting.Validation;

namespace Library.Api.Features.Books;

/// <summary>A book to create, or all fields of one to replace: a field that is left out is taken away.</summary>
internal sealed record BookBody : BookFields
{
    /// <summary>The book's id, a UUID of the client's choice; left out: one is made, or that of the path is meant. A client that chooses it may send the request again without making a second book.</summary>
    public Guid? Id { get; init; }

    /// <summary>1–100 distinct ids of authors, in the order in which the book is to name them. An author may have been accepted a moment before. Required.</summary>
    [Required, MinLength(1), MaxLength(BookState.AuthorCount)]
    public IReadOnlyList<Guid>? AuthorIds { get; init; }

    public BookState ToState(Guid id) => new(id, this, AuthorIds!);

    internal sealed class Validator : AbstractValidator<BookBody>
    {
        public Validator()
        {
            Include(new BookRules());
            RuleFor(book => book.Id).ResourceId();
            RuleFor(book => book.AuthorIds).Required().Authors();
        }
    }
}

/// <summary>Changes to a book (JSON merge patch, RFC 7396): a field that is left out stays, null takes an optional field away.</summary>
internal sealed record BookPatch : BookFields, IMergePatch
{
    /// <summary>1–100 distinct ids of authors, in the order in which the book is to name them; not null.</summary>
    [MinLength(1), MaxLength(BookState.AuthorCount)]
    public IReadOnlyList<Guid>? AuthorIds { get; init; }

    internal sealed class Validator : AbstractValidator<BookPatch>
    {
        public Validator()
        {
            Include(new BookRules());
            RuleFor(book => book.AuthorIds).Required().Authors();
        }
    }
}
