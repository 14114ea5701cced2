using FluentValidation;
using Library.Contracts;
using Library.Contracts.Values;

namespace Library.Hosting.Validation;

/// <summary>What a book's fields must be, in a request, an import's record and a command.</summary>
public sealed class BookRules : AbstractValidator<BookFields>
{
    /// <summary>States the rules.</summary>
    public BookRules()
    {
        RuleFor(book => book.Title).RequiredText(BookFields.TitleLength);
        RuleFor(book => book.AlternateTitles).Texts(BookFields.AlternateTitleCount, BookFields.TitleLength);
        RuleFor(book => book.Description).Text(BookFields.DescriptionLength);
        RuleFor(book => book.PublishDate).Date(allowInterval: true);
        RuleFor(book => book.Publisher).NotBlank().Text(BookFields.PublisherLength);
        RuleFor(book => book.Languages).Items(BookFields.LanguageCount, code => Languages.TryNormalize(code, out string? _)
            ? null
            : "It must be a code of a language: ISO 639-3 (deu), 639-2 (ger) or 639-1 (de).");
        RuleFor(book => book.Subjects).Texts(BookFields.SubjectCount, BookFields.SubjectLength);
        RuleFor(book => book.Identifiers).Identifiers();
    }
}
