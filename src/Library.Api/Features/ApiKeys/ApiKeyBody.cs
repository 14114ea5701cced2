using System.ComponentModel.DataAnnotations;
using FluentValidation;
using Library.Api.Infrastructure.Access;
using Library.Api.Infrastructure.Resources;
using Library.Hosting.Validation;

namespace Library.Api.Features.ApiKeys;

/// <summary>An API key to create.</summary>
internal sealed record ApiKeyBody
{
    public const int NameLength = 100;

    /// <summary>The caller that the key authenticates: owner of its operations and imports, actor of its events. Keys of one name are one caller, so that a key can be renewed.</summary>
    [Required, MinLength(1), MaxLength(NameLength)]
    public string Name { get; init; } = null!;

    /// <summary>What it may do: at least one of catalog:read, catalog:write, imports:write, events:read, webhooks:write, admin (everything).</summary>
    [Required, MinLength(1), MaxLength(6)]
    public IReadOnlyList<string> Scopes { get; init; } = null!;

    /// <summary>When it ends (RFC 3339, with its offset), in the future; left out: not by itself.</summary>
    public string? ExpiresAt { get; init; }

    internal sealed class Validator : AbstractValidator<ApiKeyBody>
    {
        public Validator(TimeProvider time)
        {
            RuleFor(key => key.Name).RequiredText(NameLength)
                .Must(name => name is null || !name.Any(char.IsControl)).WithMessage("It may not contain control characters.");
            RuleFor(key => key.Scopes).Must(scopes => scopes is { Count: > 0 }).WithMessage($"It is required: one or more of {string.Join(", ", Infrastructure.Access.Scopes.All)}.")
                .Must(scopes => scopes is null || scopes.Distinct().Count() == scopes.Count).WithMessage("No scope may be given twice.");
            RuleForEach(key => key.Scopes).Must(Infrastructure.Access.Scopes.All.Contains).WithMessage($"There is no such scope; there are: {string.Join(", ", Infrastructure.Access.Scopes.All)}.");
            RuleFor(key => key.ExpiresAt).Must(text => text is null || (AsOf.TryRead(text, out var end) && end > time.GetUtcNow()))
                .WithMessage("It must be a time in the future with its offset, such as 2031-01-31T12:00:00Z.");
        }
    }
}
