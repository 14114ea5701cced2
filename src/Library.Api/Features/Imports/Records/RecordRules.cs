using FluentValidation;
using Library.Contracts;
using Library.Contracts.Imports;
using Library.Hosting.Validation;

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
            Include(new AuthorRules(time));
            RuleFor(author => author.Key).Key().Must((author, key) => key is null != author.Id is null).WithMessage("Either key or id is required, and not both.");
            RuleFor(author => author.Id).ResourceId();
        }
    }

    internal sealed class BookValidator : AbstractValidator<BookRecord>
    {
        public BookValidator()
        {
            Include(new BookRules());
            RuleFor(book => book.Key).Key().Must((book, key) => key is null != book.Id is null).WithMessage("Either key or id is required, and not both.");
            RuleFor(book => book.Id).ResourceId();
            RuleFor(book => book.AuthorKeys)
                .Must((book, keys) => keys is null != book.AuthorIds is null).WithMessage("Either authorKeys or authorIds is required, and not both.")
                .Must(keys => keys is null || keys.Count is >= 1 and <= BookState.AuthorCount).WithMessage($"It must name 1 to {BookState.AuthorCount} authors.")
                .Must(keys => keys is null || keys.Distinct().Count() == keys.Count).WithMessage("It may name each author once.")
                .Must(keys => keys is null || keys.All(IsKey)).WithMessage($"Each key must be a text of 1 to {KeyLength} characters, not blank, without NUL.");
            RuleFor(book => book.AuthorIds).Authors();
        }

        private static bool IsKey(string? key) => !string.IsNullOrWhiteSpace(key) && TextRules.CodePoints(key) <= KeyLength && !key.Contains('\0');
    }
}
