using FluentValidation;

namespace Library.Hosting.Validation;

/// <summary>
/// Rules of text and ids that several requests share. Null is never their business: a required field says so itself. These are the rules;
/// the attributes on the requests only tell the OpenAPI document of them.
/// </summary>
public static class TextRules
{
    /// <summary>It must be given.</summary>
    public static IRuleBuilderOptions<T, TField> Required<T, TField>(this IRuleBuilder<T, TField> field) =>
        field.NotNull().WithMessage("It is required.");

    /// <summary>It must be given, with more than blanks in it; otherwise as <see cref="Text"/>.</summary>
    public static IRuleBuilderOptions<T, string?> RequiredText<T>(this IRuleBuilder<T, string?> field, int codePoints) => field
        .Must(text => !string.IsNullOrWhiteSpace(text)).WithMessage("It is required, and may not be blank.")
        .Text(codePoints);

    /// <summary>At most so many Unicode code points, and no NUL, which Postgres cannot store.</summary>
    public static IRuleBuilderOptions<T, string?> Text<T>(this IRuleBuilder<T, string?> field, int codePoints) => field
        .Must(text => text is null || CodePoints(text) <= codePoints).WithMessage($"It may have at most {codePoints} characters (Unicode code points).")
        .Must(text => text is null || !text.Contains('\0')).WithMessage("It may not contain NUL (U+0000).");

    /// <summary>If it is given, more than blanks.</summary>
    public static IRuleBuilderOptions<T, string?> NotBlank<T>(this IRuleBuilder<T, string?> field) => field
        .Must(text => text is null || !string.IsNullOrWhiteSpace(text)).WithMessage("It may not be blank.");

    /// <summary>What is wrong with a text that is no more than an item of a list; null: nothing.</summary>
    public static string? ErrorOf(string text, int codePoints) =>
        string.IsNullOrWhiteSpace(text) ? "It may not be blank."
        : CodePoints(text) > codePoints ? $"It may have at most {codePoints} characters (Unicode code points)."
        : text.Contains('\0') ? "It may not contain NUL (U+0000)."
        : null;

    /// <summary>The nil UUID stands for "no id" everywhere, so it names nothing here.</summary>
    public static IRuleBuilderOptions<T, Guid?> ResourceId<T>(this IRuleBuilder<T, Guid?> field) => field
        .Must(id => id != Guid.Empty).WithMessage(NilId);

    /// <summary>What is wrong with the nil UUID.</summary>
    public const string NilId = "It may not be the nil UUID.";

    /// <summary>How many Unicode code points the text has.</summary>
    public static int CodePoints(string text)
    {
        var points = text.Length;
        for (var i = 1; i < text.Length; i++)
            if (char.IsSurrogatePair(text[i - 1], text[i])) points--;
        return points;
    }
}
