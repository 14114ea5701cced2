using System.Text.Json;
using Library.Contracts;
using Library.Contracts.Serialization;
using Library.Worker.Infrastructure.Model;
using Library.Worker.Infrastructure.Storage;
using Npgsql;

namespace Library.Worker.Features.Imports;

/// <summary>
/// Undoes what an import did, where nothing else has changed it since: books first, then authors, in chunks of one transaction each,
/// under the writer's lock, with the cursor written in the chunk's transaction.
/// </summary>
internal sealed class ImportUndo(NpgsqlDataSource postgres)
{
    private const string Next = """
        select line, id from import_records where import = $1 and kind = $2 and line > $3 and problem is null order by line limit $4
        """;

    /// <summary>The import's own event of each resource, and the state before it. What follows from it, such as a cascade, has a cause.</summary>
    private const string Effects = """
        select own.stream_id, own.version::integer, before.data->>'author', before.data->>'book'
        from unnest($2) as r (id)
        cross join lateral (select stream_id, version from mt_events e where e.stream_id = r.id and e.headers->>'importId' = $1
          and not e.headers ? 'causedBy' order by e.version limit 1) own
        left join mt_events before on before.stream_id = r.id and before.version = own.version - 1 and before.type not in ('author_deleted', 'book_deleted')
        """;

    /// <summary>Undoes the next chunk if the import is still to be undone; returns whether there is more to do.</summary>
    public async Task<bool> UndoAsync(Guid importId, CancellationToken cancellation)
    {
        await using var transaction = await CatalogTransaction.BeginAsync(postgres, cancellation);
        if (await transaction.ReadAsync(new FindImport(importId, Lock: true), cancellation) is not { IsToUndo: true, Cursor: var cursor, Actor: var actor }) return false;
        var (ids, end) = await NextAsync(transaction, importId, cursor, cancellation);
        if (ids.Length == 0 && cursor.Kind == StagedRecord.Book) (ids, end) = await NextAsync(transaction, importId, new(StagedRecord.Author, 0), cancellation);
        if (ids.Length == 0)
        {
            await transaction.WriteAndCommitAsync([new UndoCompleted(importId)], cancellation);
            return false;
        }

        var effects = await EffectsAsync(transaction, importId, ids, cancellation);
        var load = new CatalogLoad(effects.Count, [], [.. effects.Select(e => e.Id)], [.. effects.SelectMany(e => e.Book?.AuthorIds ?? []).Distinct()], []);
        var catalog = new Catalog((await transaction.LoadAsync(load, cancellation)).Snapshot);
        var named = end.Kind == StagedRecord.Author ? await NamedAsync(transaction, ids, cancellation) : [];
        foreach (var effect in effects)
            if (UndoDecision.Decide(catalog, effect, named.Contains) is { } @event) catalog.Append(@event, new Provenance(ImportId: importId, Actor: actor));
        var undone = catalog.Events.Count;
        await transaction.CommitAsync(catalog, [], cancellation, new UndoProgress(importId, end, undone, effects.Count - undone));
        return true;
    }

    private static async Task<(Guid[] Ids, ImportCursor End)> NextAsync(CatalogTransaction transaction, Guid importId, ImportCursor after, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Next, transaction.Connection)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = importId },
                new NpgsqlParameter<short> { TypedValue = after.Kind },
                new NpgsqlParameter<long> { TypedValue = after.Line },
                new NpgsqlParameter<int> { TypedValue = ImportChunk.Size },
            },
        };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var ids = new List<Guid>();
        while (await row.ReadAsync(cancellation))
        {
            after = after with { Line = row.GetInt64(0) };
            ids.Add(row.GetGuid(1));
        }

        return ([.. ids], after);
    }

    private static async Task<List<ImportEffect>> EffectsAsync(CatalogTransaction transaction, Guid importId, Guid[] ids, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Effects, transaction.Connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = importId.ToString() }, new NpgsqlParameter<Guid[]> { TypedValue = ids } },
        };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var effects = new List<ImportEffect>(ids.Length);
        while (await row.ReadAsync(cancellation))
        {
            effects.Add(new ImportEffect(
                row.GetGuid(0),
                row.GetInt32(1),
                row.IsDBNull(2) ? null : JsonSerializer.Deserialize(row.GetString(2), LibraryJsonContext.Default.AuthorState),
                row.IsDBNull(3) ? null : JsonSerializer.Deserialize(row.GetString(3), LibraryJsonContext.Default.BookState)));
        }

        return effects;
    }

    private static async Task<HashSet<Guid>> NamedAsync(CatalogTransaction transaction, Guid[] authors, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select distinct author_id from book_authors where author_id = any($1)", transaction.Connection)
        {
            Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = authors } },
        };
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var named = new HashSet<Guid>();
        while (await row.ReadAsync(cancellation)) named.Add(row.GetGuid(0));
        return named;
    }
}
