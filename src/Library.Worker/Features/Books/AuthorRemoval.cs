using Library.Contracts;
using Library.Contracts.Events;

namespace Library.Worker.Features.Books;

/// <summary>What happens to a book when one of its authors is deleted: the author is removed from it, or, if it was the last one, the book is deleted too.</summary>
internal static class AuthorRemoval
{
    /// <summary>The fields that a cascade or a restore changes, by their JSON names.</summary>
    public static readonly IReadOnlyList<string> Changed = ["contributors", "authorIds"];

    public static object Decide(BookState book, Guid deletedAuthor)
    {
        Contributor[] left = [.. book.Contributors.Where(contributor => contributor.AuthorId != deletedAuthor)];
        return left.Length == 0
            ? new BookDeleted { Book = book }
            : new BookUpdated { Book = book with { Contributors = left }, Changed = Changed };
    }
}
