using Library.Contracts;
using Library.Contracts.Commands;
using Library.Worker.Writing;

namespace Library.Worker.Authors;

internal static class PatchAuthorDecision
{
    public static Decision Decide(ICatalogView catalog, PatchAuthor command)
    {
        var entry = catalog.Find(command.AuthorId);
        var before = (entry as AuthorEntry)?.State;
        if (Preconditions.MustExist(command, AuthorEntry.Name, command.AuthorId, entry, before is not null) is { } refusal)
            return Decision.Refuse(refusal);
        return ReplaceAuthorDecision.Update(before!, MergePatch.Apply(before!, command.Patch, LibraryJsonContext.Default.AuthorState));
    }
}
