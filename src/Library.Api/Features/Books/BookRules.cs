using FluentValidation;

namespace Library.Api.Features.Books;

internal static class BookRules
{
    public const int TitleLength = 500;
    public const int DescriptionLength = 20_000;
    public const int AuthorCount = 100;

    public static IRuleBuilderOptions<T, IReadOnlyList<Guid>?> Authors<T>(this IRuleBuilder<T, IReadOnlyList<Guid>?> ids) => ids
        .Must(authors => authors is null || authors.Count is >= 1 and <= AuthorCount).WithMessage($"It must name 1 to {AuthorCount} authors.")
        .Must(authors => authors is null || authors.Distinct().Count() == authors.Count).WithMessage("It may name each author once.");
}
