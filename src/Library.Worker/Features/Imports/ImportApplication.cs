using Library.Contracts.Events;
using Library.Hosting.Errors;
using Library.Worker.Features.Commands;
using Library.Worker.Infrastructure.Model;
using Library.Worker.Infrastructure.Storage;

namespace Library.Worker.Features.Imports;

/// <summary>
/// Applies an import in chunks of one transaction each, under the writer's lock, which is released between chunks so that commands can run.
/// The cursor is written in the transaction that applies the chunk, so after any crash the import continues right after it.
/// </summary>
internal sealed class ImportApplication(ICatalogStore store)
{
    /// <summary>Applies the chunk if the import is still to be applied from that cursor; returns whether it did.</summary>
    public async Task<bool> ApplyAsync(Guid importId, ImportCursor start, ImportChunk chunk, double recordsPerSecond, CancellationToken cancellation)
    {
        var (transaction, loaded) = await store.BeginAsync(chunk.ToLoad(), cancellation);
        await using var _ = transaction;
        if (await transaction.ReadAsync(new FindImport(importId, Lock: true), cancellation) is not { IsToApply: true } import || import.Cursor != start) return false;
        var snapshot = import.DryRun ? await WithOwnAuthorsAsync(transaction, importId, chunk, loaded.Snapshot, cancellation) : loaded.Snapshot;
        var catalog = new Catalog(snapshot);
        var tally = ImportFold.Apply(catalog, chunk.Records, importId, import.Actor);
        await transaction.CommitAsync(import.DryRun ? new Catalog(loaded.Snapshot) : catalog, [], cancellation, new ImportProgress(importId, chunk.End, tally, recordsPerSecond));
        return true;
    }

    /// <summary>Refuses the one record that the database cannot store, and nothing else.</summary>
    public async Task RefuseAsync(Guid importId, ImportCursor start, StagedRecord record, string reason, CancellationToken cancellation)
    {
        await using var transaction = await store.BeginAsync(cancellation);
        if (await transaction.ReadAsync(new FindImport(importId, Lock: true), cancellation) is not { IsToApply: true } import || import.Cursor != start) return;
        var tally = new ImportTally(0, 0, [new RefusedRecord(record.Kind, record.Line, Problems.InapplicableRecord(reason))]);
        await transaction.WriteAndCommitAsync([new ImportProgress(importId, new ImportCursor(record.Kind, record.Line), tally, 0)], cancellation);
    }

    /// <summary>After the last chunk: the import's own event, unless it has changed nothing, and its row.</summary>
    public async Task CompleteAsync(Guid importId, ImportCursor end, CancellationToken cancellation)
    {
        var (transaction, loaded) = await store.BeginAsync(new CatalogLoad(1, [], [importId], [], []), cancellation);
        await using var _ = transaction;
        if (await transaction.ReadAsync(new FindImport(importId, Lock: true), cancellation) is not { IsToApply: true } import || import.Cursor != end) return;
        var catalog = new Catalog(loaded.Snapshot);
        var state = await transaction.ReadAsync(new ImportCounts(importId), cancellation);
        if (!import.DryRun && state.Applied > 0) catalog.Append(new ImportCompleted { Import = state }, new Provenance(ImportId: importId, Actor: import.Actor));
        await transaction.CommitAsync(catalog, [], cancellation, new ImportThrough(importId));
    }

    /// <summary>A dry run creates no author, so authors that the file would have created are treated as existing, and their ids as taken.</summary>
    private static async Task<Snapshot> WithOwnAuthorsAsync(
        ICatalogTransaction transaction, Guid importId, ImportChunk chunk, Snapshot snapshot, CancellationToken cancellation)
    {
        var own = await transaction.ReadAsync(
            new OwnAuthors(importId, [.. chunk.Records.SelectMany(record => Targets.AuthorsNamedBy(record.Command).Append(Targets.Of(record.Command).Id)).Distinct()]), cancellation);
        var entries = new Dictionary<Guid, Entry>(snapshot.Entries);
        if (chunk.End.Kind == StagedRecord.Book)
            foreach (var id in own) entries.TryAdd(id, new AuthorEntry(1, null));
        return snapshot with { Authors = own.Union(snapshot.Authors).ToHashSet(), Entries = entries };
    }
}
