using Library.Worker.Features.Books;
using Library.Worker.Infrastructure.Model;
using Library.Worker.Infrastructure.Storage;

namespace Library.Worker.Features.Cascades;

/// <summary>
/// Removes a deleted author from every book, in pages of one transaction each. Under the writer's lock each page checks that the author is
/// still deleted by that event, and touches only older links; so the cascade may be repeated, resumed and run concurrently.
/// </summary>
internal sealed class DeletionCascade(ICatalogStore store, CascadePages pages)
{
    /// <summary>Returns when no book names the author any more, or when the author is back.</summary>
    /// <param name="deletedAt">Position of the AuthorDeleted.</param>
    public Task RunAsync(Guid authorId, long deletedAt, CancellationToken cancellation) =>
        pages.RunAsync(authorId, () => RunPageAsync(authorId, deletedAt, cancellation), cancellation);

    private async Task<int> RunPageAsync(Guid authorId, long deletedAt, CancellationToken cancellation)
    {
        await using var transaction = await store.BeginAsync(cancellation);
        if (await transaction.ReadAsync(new NextRemovals(authorId, deletedAt, pages.PageSize), cancellation) is not ({ } bookIds, { } cause)) return 0;
        var loaded = await transaction.LoadAsync(new CatalogLoad(bookIds.Length, [], bookIds, [], []), cancellation);
        var catalog = new Catalog(loaded.Snapshot);
        foreach (var id in bookIds) catalog.Append(AuthorRemoval.Decide(((BookEntry)catalog.Find(id)!).State!, authorId), cause);
        await transaction.CommitAsync(catalog, [], cancellation, [
            new RememberRemovals(deletedAt, catalog.Events),
            .. bookIds.Length < pages.PageSize ? (IEnumerable<ICatalogWrite>)[new EndDeletion(authorId, deletedAt)] : [],
        ]);
        return bookIds.Length;
    }
}
