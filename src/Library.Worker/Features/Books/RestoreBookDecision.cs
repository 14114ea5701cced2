using Library.Contracts.Commands;
using Library.Contracts.Events;
using Library.Hosting.Errors;
using Library.Worker.Infrastructure.Model;

namespace Library.Worker.Features.Books;

internal static class RestoreBookDecision
{
    public static Decision Decide(ICatalogView catalog, RestoreBook command) => catalog.Find(command.BookId) switch
    {
        BookEntry { State: not null } => Decision.Refuse(Problems.NotDeleted(BookEntry.Name, command.BookId)),
        BookEntry { LastState: { } last } => Restore(catalog, last),
        _ => Decision.Refuse(Problems.NotFound(BookEntry.Name, command.BookId)),
    };

    /// <summary>Authors deleted since then are not restored to the book. A book with no author left cannot be restored, unless it never had one.</summary>
    private static Decision Restore(ICatalogView catalog, Contracts.BookState last)
    {
        Contracts.Contributor[] left = [.. last.Contributors.Where(contributor => catalog.HasAuthor(contributor.AuthorId))];
        return left.Length == 0 && last.Contributors.Count > 0
            ? Decision.Refuse(Problems.NoAuthorLeft(last.Id))
            : Decision.Accept(new BookRestored { Book = last with { Contributors = left } });
    }
}
