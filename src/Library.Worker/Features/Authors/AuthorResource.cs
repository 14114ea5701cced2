using Library.Contracts;
using Library.Contracts.Events;
using Library.Contracts.Serialization;
using Library.Worker.Infrastructure.Model;

namespace Library.Worker.Features.Authors;

/// <summary>How commands and imports write authors.</summary>
internal sealed class AuthorResource() : Resource<AuthorState>(LibraryJsonContext.Default.AuthorState)
{
    public static readonly AuthorResource Instance = new();

    protected override string Name => AuthorEntry.Name;

    protected override AuthorState? Find(Entry? entry) => (entry as AuthorEntry)?.State;

    protected override AuthorState Canonical(AuthorState state) => CanonicalForm.Of(state);

    protected override Problem? Validate(AuthorState state) => StateRules.Check(state);

    protected override object Created(AuthorState state) => new AuthorCreated { Author = state };

    protected override object Updated(AuthorState state, IReadOnlyList<string> changed) => new AuthorUpdated { Author = state, Changed = changed };

    protected override object Deleted(AuthorState state) => new AuthorDeleted { Author = state };
}
