using FluentValidation;
using Library.Contracts;

namespace Library.Hosting.Validation;

/// <summary>What an author's fields must be, in a request as in an import's record.</summary>
public sealed class AuthorRules : AbstractValidator<AuthorFields>
{
    /// <param name="time">For what may not be in the future.</param>
    public AuthorRules(TimeProvider time)
    {
        RuleFor(author => author.Name).RequiredText(AuthorFields.NameLength);
        RuleFor(author => author.Bio).Text(AuthorFields.BioLength);
        RuleFor(author => author.BirthDate).NotInTheFuture(time);
    }
}
