using FluentValidation;
using Library.Api.Infrastructure.Http;
using Library.Contracts;
using Library.Hosting.Validation;

namespace Library.Api.Features.Authors;

/// <summary>An author to create, or all fields of one to replace: a field that is left out is taken away.</summary>
internal sealed record AuthorBody : AuthorFields
{
    /// <summary>The author's id, a UUID of the client's choice; left out: one is made, or that of the path is meant. A client that chooses it may send the request again without making a second author.</summary>
    public Guid? Id { get; init; }

    public AuthorState ToState(Guid id) => new(id, this);

    internal sealed class Validator : AbstractValidator<AuthorBody>
    {
        public Validator(TimeProvider time)
        {
            Include(new AuthorRules(time));
            RuleFor(author => author.Id).ResourceId();
        }
    }
}

/// <summary>Changes to an author (JSON merge patch, RFC 7396): a field that is left out stays, null takes an optional field away.</summary>
internal sealed record AuthorPatch : AuthorFields, IMergePatch
{
    internal sealed class Validator : AbstractValidator<AuthorPatch>
    {
        public Validator(TimeProvider time) => Include(new AuthorRules(time));
    }
}
