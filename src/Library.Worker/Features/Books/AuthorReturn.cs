using Library.Contracts.Events;
using Library.Worker.Infrastructure.Model;

namespace Library.Worker.Features.Books;

/// <summary>What becomes of a book when an author that a cascade took off it is restored.</summary>
internal static class AuthorReturn
{
    /// <param name="book">As it is now: nothing but cascades and restores has changed it since the author was taken off.</param>
    /// <param name="order">All its authors as a command or an import last named them: the restored one goes back to its old place among them.</param>
    /// <returns>Null: the book has the author already.</returns>
    public static object? Decide(BookEntry book, IReadOnlyList<Guid> order, Guid restoredAuthor)
    {
        // A book that a cascade deleted had no author left, so it comes back with this one alone; others follow with their own restores.
        if (book.State is not { } state) return new BookRestored { Book = book.LastState! with { AuthorIds = [restoredAuthor] } };
        if (state.AuthorIds.Contains(restoredAuthor)) return null;
        return new BookUpdated
        {
            Book = state with { AuthorIds = [.. order.Where(id => id == restoredAuthor || state.AuthorIds.Contains(id))] },
            Changed = ["authorIds"],
        };
    }
}
