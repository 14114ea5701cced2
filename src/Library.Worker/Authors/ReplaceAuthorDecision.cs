using Library.Contracts;
using Library.Contracts.Commands;
using Library.Contracts.Events;
using Library.Worker.Writing;

namespace Library.Worker.Authors;

internal static class ReplaceAuthorDecision
{
    public static Decision Decide(ICatalogView catalog, ReplaceAuthor command)
    {
        var entry = catalog.Find(command.AuthorId);
        var before = (entry as AuthorEntry)?.State;
        if (Preconditions.MayWrite(command, AuthorEntry.Name, command.AuthorId, entry, before is not null, command.CreateOnly) is { } refusal)
            return Decision.Refuse(refusal);
        var after = new AuthorState { Id = command.AuthorId, Name = command.Name, Bio = command.Bio, BirthDate = command.BirthDate };
        return before is null ? Decision.Accept(new AuthorCreated { Author = after }) : Update(before, after);
    }

    public static Decision Update(AuthorState before, AuthorState after)
    {
        var changed = new List<string>(3);
        if (before.Name != after.Name) changed.Add("name");
        if (before.Bio != after.Bio) changed.Add("bio");
        if (before.BirthDate != after.BirthDate) changed.Add("birthDate");
        return changed.Count == 0 ? Decision.Unchanged : Decision.Accept(new AuthorUpdated { Author = after, Changed = changed });
    }
}
