using FluentValidation;
using Library.Api.Features.Authors;
using Library.Api.Features.Books;
using Library.Api.Infrastructure.Http;
using Library.Contracts.Imports;

namespace Library.Api.Features.Imports.Records;

/// <summary>The rules of single commands, and those of keys.</summary>
internal static class RecordRules
{
    public const int KeyLength = 500;

    public static IRuleBuilderOptions<T, string?> Key<T>(this IRuleBuilder<T, string?> key) => key.NotBlank().Text(KeyLength);

    internal sealed class AuthorValidator : AbstractValidator<AuthorRecord>
    {
        public AuthorValidator(TimeProvider time)
        {
            RuleFor(author => author.Key).Key().Must((author, key) => key is null != author.Id is null).WithMessage("Either key or id is required, and not both.");
            RuleFor(author => author.Id).ResourceId();
            RuleFor(author => author.Name).Required().NotBlank().Text(AuthorRules.NameLength);
            RuleFor(author => author.Bio).Text(AuthorRules.BioLength);
            RuleFor(author => author.BirthDate).NotInTheFuture(time);
        }
    }

    internal sealed class BookValidator : AbstractValidator<BookRecord>
    {
        public BookValidator()
        {
            RuleFor(book => book.Key).Key().Must((book, key) => key is null != book.Id is null).WithMessage("Either key or id is required, and not both.");
            RuleFor(book => book.Id).ResourceId();
            RuleFor(book => book.Title).Required().NotBlank().Text(BookRules.TitleLength);
            RuleFor(book => book.Description).Text(BookRules.DescriptionLength);
            RuleFor(book => book.AuthorKeys)
                .Must((book, keys) => keys is null != book.AuthorIds is null).WithMessage("Either authorKeys or authorIds is required, and not both.")
                .Must(keys => keys is null || keys.Count is >= 1 and <= BookRules.AuthorCount).WithMessage($"It must name 1 to {BookRules.AuthorCount} authors.")
                .Must(keys => keys is null || keys.Distinct().Count() == keys.Count).WithMessage("It may name each author once.")
                .Must(keys => keys is null || keys.All(IsKey)).WithMessage($"Each key must be a text of 1 to {KeyLength} characters, not blank, without NUL.");
            RuleFor(book => book.AuthorIds).Authors();
        }

        private static bool IsKey(string? key) => !string.IsNullOrWhiteSpace(key) && TextRules.CodePoints(key) <= KeyLength && !key.Contains('\0');
    }
}
