using Library.Contracts.Commands;
using Library.Contracts.Events;
using Library.Worker.Writing;

namespace Library.Worker.Books;

internal static class DeleteBookDecision
{
    public static Decision Decide(ICatalogView catalog, DeleteBook command)
    {
        var entry = catalog.Find(command.BookId);
        var before = (entry as BookEntry)?.State;
        return Preconditions.MustExist(command, BookEntry.Name, command.BookId, entry, before is not null) is { } refusal
            ? Decision.Refuse(refusal)
            : Decision.Accept(new BookDeleted { Book = before! });
    }
}
