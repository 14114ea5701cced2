using Library.Contracts.Commands;
using Library.Contracts.Events;
using Library.Worker.Writing;

namespace Library.Worker.Authors;

internal static class DeleteAuthorDecision
{
    public static Decision Decide(ICatalogView catalog, DeleteAuthor command)
    {
        var entry = catalog.Find(command.AuthorId);
        var before = (entry as AuthorEntry)?.State;
        return Preconditions.MustExist(command, AuthorEntry.Name, command.AuthorId, entry, before is not null) is { } refusal
            ? Decision.Refuse(refusal)
            : Decision.Accept(new AuthorDeleted { Author = before! });
    }
}
