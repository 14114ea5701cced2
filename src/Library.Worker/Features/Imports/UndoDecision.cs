using Library.Contracts;
using Library.Contracts.Events;
using Library.Worker.Features.Authors;
using Library.Worker.Features.Books;
using Library.Worker.Infrastructure.Model;

namespace Library.Worker.Features.Imports;

/// <summary>What an import did to a resource.</summary>
/// <param name="Version">The version that it gave the resource.</param>
/// <param name="Author">The author as it was before, if it was there.</param>
/// <param name="Book">The book as it was before, if it was there.</param>
internal sealed record ImportEffect(Guid Id, int Version, AuthorState? Author, BookState? Book);

/// <summary>Decides how to undo what an import did to a resource. Pure.</summary>
internal static class UndoDecision
{
    /// <param name="named">Whether a book names the author: the import's own are gone by now, so it is one from elsewhere.</param>
    /// <returns>Null: it stays as it is, since something else has changed it or depends on it.</returns>
    public static object? Decide(ICatalogView catalog, ImportEffect effect, Predicate<Guid> named) => catalog.Find(effect.Id) switch
    {
        { Version: var version } when version != effect.Version => null,
        AuthorEntry { State: { } now } when effect.Author is { } before => AuthorResource.Instance.Update(now, before).Event,
        AuthorEntry { State: { } now } => named(effect.Id) ? null : new AuthorDeleted { Author = now },
        // An author that it named may have been deleted since.
        BookEntry { State: { } now } when effect.Book is { } before => KnownAuthors.Check(catalog, before) is null ? BookResource.Instance.Update(now, before).Event : null,
        BookEntry { State: { } now } => new BookDeleted { Book = now },
        _ => null,
    };
}
