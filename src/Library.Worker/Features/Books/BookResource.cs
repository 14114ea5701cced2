using Library.Contracts;
using Library.Contracts.Events;
using Library.Contracts.Serialization;
using Library.Worker.Infrastructure.Model;

namespace Library.Worker.Features.Books;

/// <summary>How commands and imports write books.</summary>
internal sealed class BookResource() : Resource<BookState>(LibraryJsonContext.Default.BookState)
{
    public static readonly BookResource Instance = new();

    protected override string Name => BookEntry.Name;

    protected override BookState? Find(Entry? entry) => (entry as BookEntry)?.State;

    protected override BookState Canonical(BookState state) => CanonicalForm.Of(state);

    protected override Problem? Validate(BookState state) => StateRules.Check(state);

    protected override object Created(BookState state) => new BookCreated { Book = state };

    protected override object Updated(BookState state, IReadOnlyList<string> changed) => new BookUpdated { Book = state, Changed = changed };

    protected override object Deleted(BookState state) => new BookDeleted { Book = state };

    /// <summary>A change that does not touch the authors is allowed while a cascade is still removing a deleted author from the book.</summary>
    protected override Problem? Check(ICatalogView catalog, BookState? before, BookState after) =>
        before is not null && before.AuthorIds.SequenceEqual(after.AuthorIds) ? null : KnownAuthors.Check(catalog, after);
}
