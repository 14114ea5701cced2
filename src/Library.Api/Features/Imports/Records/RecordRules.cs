using FluentValidation;
using Library.Contracts;
using Library.Contracts.Imports;
using Library.Contracts.Values;
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
                .Must((book, keys) => Forms(book) == 1).WithMessage("One of authorKeys, authorIds and contributors is required, and only one; [] says that nobody is known.")
                .Must(keys => keys is null || keys.Count <= BookState.ContributorCount).WithMessage($"It may name at most {BookState.ContributorCount} authors.")
                .Must(keys => keys is null || keys.Distinct().Count() == keys.Count).WithMessage("It may name each author once.")
                .Texts(BookState.ContributorCount, KeyLength);
            RuleFor(book => book.AuthorIds).Authors();
            RuleFor(book => book.Contributors).Custom((contributors, context) =>
            {
                if (contributors is null || context.IsTooLong(contributors.Count, BookState.ContributorCount)) return;
                var seen = new HashSet<(Guid, string)>();
                for (var i = 0; i < contributors.Count; i++)
                    if (ErrorOf(contributors[i], seen, out var part) is { } error) context.Wrong(i, error, part);
            });
        }

        private static int Forms(BookRecord book) => (book.AuthorKeys is null ? 0 : 1) + (book.AuthorIds is null ? 0 : 1) + (book.Contributors is null ? 0 : 1);

        private static string? ErrorOf(RecordContributor? contributor, HashSet<(Guid, string)> seen, out string? part)
        {
            part = null;
            if (contributor is null || contributor.AuthorKey is null == contributor.AuthorId is null) return "It must be an object with either authorKey or authorId, and not both.";
            part = "authorKey";
            if (contributor.AuthorKey is { } key && TextRules.ErrorOf(key, KeyLength) is { } wrongKey) return wrongKey;
            part = "role";
            if (ListRules.RoleError(contributor.Role ?? Relators.Author, out var role) is { } wrongRole) return wrongRole;
            part = null;
            return seen.Add((contributor.AuthorId ?? RecordKeys.AuthorId(contributor.AuthorKey!), role)) ? null : "It has an author and role that stand in the list already.";
        }
    }
}
