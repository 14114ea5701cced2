using FluentValidation;
using Library.Contracts;

namespace Library.Hosting.Validation;

/// <summary>What a book's fields must be, in a request as in an import's record.</summary>
public sealed class BookRules : AbstractValidator<BookFields>
{
    /// <summary>States the rules.</summary>
    public BookRules()
    {
        RuleFor(book => book.Title).RequiredText(BookFields.TitleLength);
        RuleFor(book => book.Description).Text(BookFields.DescriptionLength);
    }
}

/// <summary>Rules of the authors that a book names.</summary>
public static class BookAuthorRules
{
    /// <summary>1–100, each once.</summary>
    public static IRuleBuilderOptions<T, IReadOnlyList<Guid>?> Authors<T>(this IRuleBuilder<T, IReadOnlyList<Guid>?> ids) => ids
        .Must(authors => authors is null || authors.Count is >= 1 and <= BookState.AuthorCount).WithMessage($"It must name 1 to {BookState.AuthorCount} authors.")
        .Must(authors => authors is null || authors.Distinct().Count() == authors.Count).WithMessage("It may name each author once.");
}
