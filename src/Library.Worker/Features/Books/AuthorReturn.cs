using Library.Contracts;
using Library.Contracts.Events;
using Library.Worker.Infrastructure.Model;

namespace Library.Worker.Features.Books;

/// <summary>What happens to a book when an author that a cascade removed from it is restored.</summary>
internal static class AuthorReturn
{
    /// <param name="book">As it is now: nothing but cascades and restores has changed it since the author was taken off.</param>
    /// <param name="named">All its contributors as a command or an import last named them: the restored one goes back to its old places and roles among them.</param>
    /// <returns>Null: the book has the author already.</returns>
    public static object? Decide(BookEntry book, IReadOnlyList<Contributor> named, Guid restoredAuthor)
    {
        // A book that a cascade deleted had no author left, so it is restored with this author alone; other authors return when they are restored.
        if (book.State is not { } state) return new BookRestored { Book = book.LastState! with { Contributors = Those(id => id == restoredAuthor) } };
        return state.AuthorIds.Contains(restoredAuthor)
            ? null
            : new BookUpdated { Book = state with { Contributors = Those(id => id == restoredAuthor || state.AuthorIds.Contains(id)) }, Changed = AuthorRemoval.Changed };

        Contributor[] Those(Predicate<Guid> stays) => [.. named.Where(contributor => stays(contributor.AuthorId))];
    }
}
