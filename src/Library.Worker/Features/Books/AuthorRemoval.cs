using Library.Contracts;
using Library.Contracts.Events;

namespace Library.Worker.Features.Books;

/// <summary>What becomes of a book when one of its authors is deleted: it goes on without, or goes too when that was the last.</summary>
internal static class AuthorRemoval
{
    public static object Decide(BookState book, Guid deletedAuthor)
    {
        var left = book.AuthorIds.Where(id => id != deletedAuthor).ToArray();
        return left.Length == 0
            ? new BookDeleted { Book = book }
            : new BookUpdated { Book = book with { AuthorIds = left }, Changed = ["authorIds"] };
    }
}
