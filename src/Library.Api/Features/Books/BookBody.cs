using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Library.Api.Infrastructure.Http;
using Library.Contracts;
using Library.Hosting.Validation;

namespace Library.Api.Features.Books;

/// <summary>A book to create, or all fields of one to replace: a field that is left out is taken away.</summary>
internal sealed record BookBody : BookFields, INamesContributors
{
    /// <summary>The book's id, a UUID of the client's choice; left out: one is made, or that of the path is meant. A client that chooses it may send the request again without making a second book.</summary>
    public Guid? Id { get; init; }

    /// <inheritdoc/>
    [MaxLength(BookState.ContributorCount)]
    public IReadOnlyList<Contributor>? Contributors { get; init; }

    /// <inheritdoc/>
    [MaxLength(BookState.ContributorCount)]
    public IReadOnlyList<Guid>? AuthorIds { get; init; }

    public BookState ToState(Guid id) => new(id, this, Contributors ?? Contributor.Authors(AuthorIds!));

    internal sealed class Validator : AbstractValidator<BookBody>
    {
        public Validator()
        {
            Include(new BookRules());
            Include(new ContributorRules());
            RuleFor(book => book.Id).ResourceId();
            RuleFor(book => book.Contributors).Must((book, contributors) => (contributors ?? (object?)book.AuthorIds) is not null)
                .WithMessage("Either contributors or authorIds is required; [] says that nobody is known.");
        }
    }
}

/// <summary>Changes to a book (JSON merge patch, RFC 7396): a field that is left out stays, null takes an optional field away.</summary>
internal sealed record BookPatch : BookFields, IMergePatch, INamesContributors
{
    /// <inheritdoc/>
    [MaxLength(BookState.ContributorCount)]
    public IReadOnlyList<Contributor>? Contributors { get; init; }

    /// <inheritdoc/>
    [MaxLength(BookState.ContributorCount)]
    public IReadOnlyList<Guid>? AuthorIds { get; init; }

    internal sealed class Validator : AbstractValidator<BookPatch>
    {
        public Validator()
        {
            Include(new BookRules());
            Include(new ContributorRules());
            RuleFor(book => book.Contributors).Required();
            RuleFor(book => book.AuthorIds).Required();
        }
    }
}

/// <summary>Who had a part in a book, in one of two forms.</summary>
internal interface INamesContributors
{
    /// <summary>0–100 contributors with their roles, in the order in which the book is to name them, no pair of author and role twice; [] says that nobody is known. An author may have been accepted a moment before. Either this or authorIds is required, not both.</summary>
    IReadOnlyList<Contributor>? Contributors { get; }

    /// <summary>The short form of contributors: 0–100 distinct ids of authors, each with the role aut.</summary>
    IReadOnlyList<Guid>? AuthorIds { get; }
}

internal sealed class ContributorRules : AbstractValidator<INamesContributors>
{
    public ContributorRules()
    {
        RuleFor(book => book.AuthorIds).Must((book, ids) => ids is null || book.Contributors is null)
            .WithMessage("It is the short form of contributors: give one of the two, not both.").WithErrorCode(BodyReader.Malformed);
        RuleFor(book => book.Contributors).Contributors();
        RuleFor(book => book.AuthorIds).Authors();
    }
}
