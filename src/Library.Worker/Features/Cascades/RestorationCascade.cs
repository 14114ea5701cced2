using Library.Worker.Features.Books;
using Library.Worker.Infrastructure.Model;
using Library.Worker.Infrastructure.Storage;

namespace Library.Worker.Features.Cascades;

/// <summary>
/// Returns a restored author to the books from which its deletion removed it, in pages of one transaction each, under the writer's lock. A book
/// that a command or an import has changed since is left as it is and listed in the operation. Each book is processed once, so this may be
/// repeated, resumed and run concurrently; it ends when the author is deleted again.
/// </summary>
internal sealed class RestorationCascade(ICatalogStore store, CascadePages pages)
{
    /// <summary>Returns when every book has been processed, or when the author is deleted again.</summary>
    /// <param name="restoredAt">Position of the AuthorRestored.</param>
    public Task RunAsync(Guid authorId, long restoredAt, CancellationToken cancellation) =>
        pages.RunAsync(authorId, () => RunPageAsync(authorId, restoredAt, cancellation), cancellation);

    private async Task<int> RunPageAsync(Guid authorId, long restoredAt, CancellationToken cancellation)
    {
        await using var transaction = await store.BeginAsync(cancellation);
        if (await transaction.ReadAsync(new FindRestoration(restoredAt), cancellation) is not ({ } deletion, { } cause)) return 0;
        var books = await transaction.ReadAsync(new NextTakenBooks(deletion, pages.PageSize), cancellation);
        Guid[] following = [.. books.Where(book => !book.Changed).Select(book => book.Id)];
        var loaded = await transaction.LoadAsync(new CatalogLoad(following.Length, [], following, [], following), cancellation);
        var catalog = new Catalog(loaded.Snapshot);
        foreach (var book in books.Where(book => !book.Changed))
        {
            if (AuthorReturn.Decide((BookEntry)catalog.Find(book.Id)!, book.Named, authorId) is { } @event) catalog.Append(@event, cause);
        }

        await transaction.CommitAsync(catalog, [], cancellation, [
            new DealtWith(restoredAt, deletion, books),
            .. books.Count < pages.PageSize ? (IEnumerable<ICatalogWrite>)[new EndRestoration(restoredAt)] : [],
        ]);
        return books.Count;
    }
}
