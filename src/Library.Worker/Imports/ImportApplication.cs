using Library.Contracts;
using Library.Contracts.Events;
using Library.Hosting;
using Library.Worker.Storage;
using Library.Worker.Writing;
using Npgsql;

namespace Library.Worker.Imports;

/// <summary>
/// Applies an import in chunks of a transaction each, under the writer's lock, which is free between two chunks for commands to slip in.
/// The cursor is written in the transaction that applies the chunk: whoever goes on, after whatever crash, goes on behind it.
/// </summary>
internal sealed class ImportApplication(NpgsqlDataSource postgres)
{
    /// <summary>Applies the chunk, if the import still is to be applied from there on; tells whether it was.</summary>
    public async Task<bool> ApplyAsync(Guid importId, ImportCursor start, ImportChunk chunk, double recordsPerSecond, CancellationToken cancellation)
    {
        var (transaction, loaded) = await CatalogTransaction.BeginAsync(postgres, chunk.ToLoad(), cancellation);
        await using var _ = transaction;
        if (await ImportRow.LockAsync(transaction.Connection, importId, cancellation) is not { IsToApply: true } import || import.Cursor != start) return false;
        var snapshot = import.DryRun ? await WithOwnAuthorsAsync(transaction, importId, chunk, loaded.Snapshot, cancellation) : loaded.Snapshot;
        var catalog = new Catalog(snapshot);
        var tally = ImportFold.Apply(catalog, chunk.Records, importId);
        await transaction.CommitAsync(import.DryRun ? new Catalog(loaded.Snapshot) : catalog, [], cancellation, ImportSql.Of(importId, chunk.End, tally, recordsPerSecond));
        return true;
    }

    /// <summary>Refuses the one record that the database can't take, and nothing else.</summary>
    public async Task RefuseAsync(Guid importId, ImportCursor start, StagedRecord record, string reason, CancellationToken cancellation)
    {
        await using var transaction = await CatalogTransaction.BeginAsync(postgres, cancellation);
        if (await ImportRow.LockAsync(transaction.Connection, importId, cancellation) is not { IsToApply: true } import || import.Cursor != start) return;
        var tally = new ImportTally(0, 0, [new RefusedRecord(record.Kind, record.Line, Problems.InapplicableRecord(reason))]);
        await transaction.WriteAndCommitAsync(ImportSql.Of(importId, new ImportCursor(record.Kind, record.Line), tally, 0), cancellation);
    }

    /// <summary>After the last chunk: the import's own event, unless it has changed nothing, and its row.</summary>
    public async Task CompleteAsync(Guid importId, ImportCursor end, CancellationToken cancellation)
    {
        var (transaction, loaded) = await CatalogTransaction.BeginAsync(postgres, new CatalogLoad(1, [], [importId], [], []), cancellation);
        await using var _ = transaction;
        if (await ImportRow.LockAsync(transaction.Connection, importId, cancellation) is not { IsToApply: true } import || import.Cursor != end) return;
        var catalog = new Catalog(loaded.Snapshot);
        var state = await ReadAsync(transaction, importId, cancellation);
        if (!import.DryRun && state.Applied > 0) catalog.Append(new ImportCompleted { Import = state }, new Provenance(ImportId: importId));
        await transaction.CommitAsync(catalog, [], cancellation, ImportSql.OfEnd(importId));
    }

    /// <summary>A dry run creates no author, so those that the file itself would have created count as there.</summary>
    private static async Task<Snapshot> WithOwnAuthorsAsync(
        CatalogTransaction transaction, Guid importId, ImportChunk chunk, Snapshot snapshot, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "select id from import_records where import = $1 and kind = 1 and id = any($2) and problem is null", transaction.Connection)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = importId },
                new NpgsqlParameter<Guid[]> { TypedValue = [.. chunk.Records.SelectMany(record => Targets.AuthorsNamedBy(record.Command)).Distinct()] },
            },
        };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var authors = new HashSet<Guid>(snapshot.Authors);
        while (await row.ReadAsync(cancellation)) authors.Add(row.GetGuid(0));
        return snapshot with { Authors = authors };
    }

    private static async Task<ImportState> ReadAsync(CatalogTransaction transaction, Guid importId, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select applied, unchanged, refused from imports where id = $1", transaction.Connection)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = importId } },
        };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return new ImportState { Id = importId, Applied = row.GetInt64(0), Unchanged = row.GetInt64(1), Refused = row.GetInt64(2) };
    }
}
