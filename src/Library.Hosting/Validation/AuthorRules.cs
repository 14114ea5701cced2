using FluentValidation;
using Library.Contracts;
using Library.Contracts.Values;

namespace Library.Hosting.Validation;

/// <summary>What an author's fields must be, in a request, an import's record and a command.</summary>
public sealed class AuthorRules : AbstractValidator<AuthorFields>
{
    /// <param name="time">For what may not be in the future.</param>
    public AuthorRules(TimeProvider time)
    {
        RuleFor(author => author.Name).RequiredText(AuthorFields.NameLength);
        RuleFor(author => author.SortName).NotBlank().Text(AuthorFields.NameLength);
        RuleFor(author => author.Kind).Must(kind => kind is null || AuthorKinds.All.Contains(kind)).WithMessage($"It must be one of {string.Join(", ", AuthorKinds.All)}.");
        RuleFor(author => author.AlternateNames).Texts(AuthorFields.AlternateNameCount, AuthorFields.NameLength);
        RuleFor(author => author.Bio).Text(AuthorFields.BioLength);
        RuleFor(author => author.BirthDate).Date(allowInterval: false).Must((author, date) => !IsInTheFuture(author, date, time)).WithMessage(Future);
        RuleFor(author => author.DeathDate).Date(allowInterval: false).Must((author, date) => !IsInTheFuture(author, date, time)).WithMessage(Future)
            .Must((author, death) => !(Read(death) is { } died && Read(author.BirthDate) is { } born && died.IsKnownEarlierThan(born))).WithMessage("It lies before the birth date.");
        RuleFor(author => author.Identifiers).Identifiers();
    }

    private const string Future = "A person's date may not be in the future (UTC).";

    private static bool IsInTheFuture(AuthorFields author, string? date, TimeProvider time) => author.Kind is null or AuthorKinds.Person
        && Read(date) is { } value && value.IsKnownLaterThan(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));

    private static EdtfDate? Read(string? text) => text is not null && EdtfDate.TryParse(text, allowInterval: false, out var date, out _) ? date : null;
}
