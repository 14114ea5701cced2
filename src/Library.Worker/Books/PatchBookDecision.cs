using Library.Contracts;
using Library.Contracts.Commands;
using Library.Worker.Writing;

namespace Library.Worker.Books;

internal static class PatchBookDecision
{
    public static Decision Decide(ICatalogView catalog, PatchBook command)
    {
        var entry = catalog.Find(command.BookId);
        var before = (entry as BookEntry)?.State;
        if (Preconditions.MustExist(command, BookEntry.Name, command.BookId, entry, before is not null) is { } refusal)
            return Decision.Refuse(refusal);
        var after = MergePatch.Apply(before!, command.Patch, LibraryJsonContext.Default.BookState);
        // A patch that leaves the authors alone may pass while a cascade is still taking a deleted one off the book.
        if (!before!.AuthorIds.SequenceEqual(after.AuthorIds) && KnownAuthors.Check(catalog, after.AuthorIds) is { } unknown)
            return Decision.Refuse(unknown);
        return ReplaceBookDecision.Update(before, after);
    }
}
