using System.Globalization;
using FluentValidation;
using Library.Contracts;
using Library.Contracts.Values;

namespace Library.Hosting.Validation;

/// <summary>Rules of dates and of lists, whose errors name the item: <c>identifiers[2].value</c>. An absent list is never their business.</summary>
public static class ListRules
{
    /// <summary>A date value of ISO 8601-2 level 1.</summary>
    /// <param name="allowInterval">Whether it may be an interval of two.</param>
    public static IRuleBuilderOptionsConditions<T, string?> Date<T>(this IRuleBuilder<T, string?> field, bool allowInterval) => field.Custom((text, context) =>
    {
        if (text is not null && !EdtfDate.TryParse(text, allowInterval, out _, out var error)) context.AddFailure(error);
    });

    /// <summary>At most so many texts, each not blank, of at most so many Unicode code points, without NUL.</summary>
    public static IRuleBuilderOptionsConditions<T, IReadOnlyList<string>?> Texts<T>(this IRuleBuilder<T, IReadOnlyList<string>?> list, int count, int codePoints) =>
        list.Items(count, text => TextRules.ErrorOf(text, codePoints));

    /// <summary>At most 100, each of its scheme's form, no pair twice.</summary>
    public static IRuleBuilderOptionsConditions<T, IReadOnlyList<Identifier>?> Identifiers<T>(this IRuleBuilder<T, IReadOnlyList<Identifier>?> list) =>
        list.Custom((identifiers, context) =>
        {
            if (identifiers is null || context.IsTooLong(identifiers.Count, Contracts.Values.Identifiers.Count)) return;
            var seen = new Dictionary<(string, string), int>();
            for (var i = 0; i < identifiers.Count; i++)
            {
                var (scheme, value) = (identifiers[i]?.Scheme, identifiers[i]?.Value);
                if (scheme is null || value is null) context.Wrong(i, "It must be an object with scheme and value.");
                else if (!Contracts.Values.Identifiers.IsScheme(scheme)) context.Wrong(i, "It must be 1 to 32 characters: a small letter from a to z, then such letters, digits, dots and hyphens.", "scheme");
                else if (!Contracts.Values.Identifiers.TryNormalize(scheme, value, out var form, out var error)) context.Wrong(i, error, "value");
                else if (!seen.TryAdd((scheme, form), i)) context.Wrong(i, $"It is the same as {context.Name()}[{seen[(scheme, form)]}].", "value");
            }
        });

    /// <summary>At most 100, each of an author and a known role, no pair twice.</summary>
    public static IRuleBuilderOptionsConditions<T, IReadOnlyList<Contributor>?> Contributors<T>(this IRuleBuilder<T, IReadOnlyList<Contributor>?> list) =>
        list.Custom((contributors, context) =>
        {
            if (contributors is null || context.IsTooLong(contributors.Count, BookState.ContributorCount)) return;
            var seen = new Dictionary<(Guid, string), int>();
            for (var i = 0; i < contributors.Count; i++)
            {
                if (contributors[i] is not { } contributor) context.Wrong(i, "It must be an object with authorId and role.");
                else if (RoleError(contributor.Role, out var role) is { } error) context.Wrong(i, error, "role");
                else if (!seen.TryAdd((contributor.AuthorId, role), i)) context.Wrong(i, $"It is the same as {context.Name()}[{seen[(contributor.AuthorId, role)]}].");
            }
        });

    /// <summary>0–100 ids of authors, each once.</summary>
    public static IRuleBuilderOptions<T, IReadOnlyList<Guid>?> Authors<T>(this IRuleBuilder<T, IReadOnlyList<Guid>?> ids) => ids
        .Must(authors => authors is null || authors.Count <= BookState.ContributorCount).WithMessage($"It may name at most {BookState.ContributorCount} authors.")
        .Must(authors => authors is null || authors.Distinct().Count() == authors.Count).WithMessage("It may name each author once.");

    /// <summary>At most so many items, each of which the check finds well.</summary>
    /// <param name="check">What is wrong with the item; null: nothing.</param>
    public static IRuleBuilderOptionsConditions<T, IReadOnlyList<TItem>?> Items<T, TItem>(this IRuleBuilder<T, IReadOnlyList<TItem>?> list, int count, Func<TItem, string?> check) =>
        list.Custom((items, context) =>
        {
            if (items is null || context.IsTooLong(items.Count, count)) return;
            for (var i = 0; i < items.Count; i++)
                if ((items[i] is null ? "It may not be null." : check(items[i])) is { } error) context.Wrong(i, error);
        });

    /// <summary>What is wrong with a role; null: nothing, and this is the code for it in use.</summary>
    public static string? RoleError(string? role, out string code)
    {
        code = role is not null && Relators.TryNormalize(role, out var current) ? current : "";
        return code.Length > 0 ? null : "It must be a MARC relator code, such as aut, edt or trl.";
    }

    /// <summary>Says what is wrong with one item.</summary>
    public static void Wrong<T>(this ValidationContext<T> context, int item, string error, string? part = null) =>
        context.AddFailure(string.Create(CultureInfo.InvariantCulture, $"{context.Name()}[{item}]{(part is null ? "" : "." + part)}"), error);

    /// <summary>Whether the list has more items than it may, and says so.</summary>
    public static bool IsTooLong<T>(this ValidationContext<T> context, int count, int most)
    {
        if (count > most) context.AddFailure($"It may have at most {most} items.");
        return count > most;
    }

    private static string Name<T>(this ValidationContext<T> context) => context.PropertyPath;
}
