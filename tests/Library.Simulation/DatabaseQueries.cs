using Library.Contracts;
using Library.Contracts.Events;
using Library.Worker.Features.Cascades;
using Library.Worker.Features.Commands;
using Library.Worker.Features.Imports;
using Library.Worker.Infrastructure.Model;
using Library.Worker.Infrastructure.Storage;

namespace Library.Simulation;

/// <summary>The queries and writes of cascades and imports: what their SQL does, over what is committed.</summary>
internal static class DatabaseQueries
{
    public static object? Answer(this Database database, object query, DateTimeOffset now) => query switch
    {
        NextRemovals q => database.Authors.TryGetValue(q.AuthorId, out var author) && author.DeletedAt == q.DeletedAt
            ? ((Guid[] BookIds, Provenance Cause)?)(
                [.. database.Books.Where(book => Since(book.Value, q.AuthorId) < q.DeletedAt).Select(book => book.Key).Order().Take(q.Limit)], database.CauseOf(q.DeletedAt))
            : null,
        FindRestoration q => database.Restorations.TryGetValue(q.RestoredAt, out var row) && database.IsPresent(row.Restoration.AuthorId)
            ? ((long? Deletion, Provenance Cause)?)(row.Restoration.Deletion, database.CauseOf(q.RestoredAt))
            : null,
        NextTakenBooks q => database.CascadedBooks.Where(taken => taken.Key.Deletion == q.Deletion).OrderBy(taken => taken.Key.BookId).Take(q.Limit)
            .Select(taken => database.TakenBook(taken.Key.BookId, taken.Value)).ToList(),
        UnfinishedCascades { Sql: UnfinishedCascades.Deletions } q => database.Authors
            .Where(author => author.Value.DeletedAt is { } at && database.TimeOf(at) < now - q.Age)
            .Select(author => (author.Key, author.Value.DeletedAt!.Value)).OrderBy(found => found.Value).ToList(),
        UnfinishedCascades q => database.Restorations
            .Where(row => database.IsPresent(row.Value.Restoration.AuthorId) && database.TimeOf(row.Key) < now - q.Age)
            .Select(row => (row.Value.Restoration.AuthorId, row.Key)).OrderBy(found => found.Key).ToList(),
        FindImport q => database.Imports.GetValueOrDefault(q.ImportId)?.Row,
        NextChunk q => database.NextChunk(q),
        OwnAuthors q => database.Imports[q.ImportId].Records.Where(r => r.Kind == StagedRecord.Author && !database.Imports[q.ImportId].RefusedLines.Contains((r.Kind, r.Line)))
            .Select(record => Targets.Of(record.Command).Id).Where(q.AuthorIds.Contains).ToHashSet(),
        ImportCounts q => new ImportState
        {
            Id = q.ImportId, Applied = database.Imports[q.ImportId].Applied, Unchanged = database.Imports[q.ImportId].Unchanged, Refused = database.Imports[q.ImportId].Refused,
        },
        _ => throw new NotSupportedException($"{query}"),
    };

    public static void Write(this Database database, ICatalogWrite write)
    {
        switch (write)
        {
            case RememberRemovals w:
                foreach (var removal in w.Removals)
                    if (!database.CascadedBooks.TryAdd((w.DeletedAt, removal.ResourceId), removal.Position)) throw Database.Violation("23505", "cascaded_books_pkey");
                break;
            case EndDeletion w:
                foreach (var (at, row) in database.Restorations.Where(row => row.Value.Restoration.AuthorId == w.AuthorId && row.Key < w.DeletedAt).ToArray())
                {
                    database.Restorations.Remove(at);
                    foreach (var (taken, position) in database.CascadedBooks.Where(taken => taken.Key.Deletion == row.Restoration.Deletion).ToArray())
                    {
                        database.CascadedBooks.Remove(taken);
                        database.CascadedBooks.TryAdd((w.DeletedAt, taken.BookId), position);
                    }
                }

                if (database.Authors.TryGetValue(w.AuthorId, out var author) && author.DeletedAt == w.DeletedAt) database.RemoveAuthor(w.AuthorId);
                break;
            case DealtWith w:
                foreach (var book in w.Books) database.CascadedBooks.Remove((w.Deletion, book.Id));
                if (database.Restorations.TryGetValue(w.RestoredAt, out var restoration))
                    database.Restorations[w.RestoredAt] = restoration with { Left = [.. restoration.Left, .. w.Books.Where(book => book.Changed).Select(book => book.Id)] };
                break;
            case EndRestoration w:
                if (database.Restorations.Remove(w.RestoredAt, out var ended) && ended.Restoration.OperationId is { } id && database.Operations.TryGetValue(id, out var operation))
                    database.Operations[id] = operation with { LeftBooks = ended.Left };
                break;
            case ImportProgress w:
                var import = database.Imports[w.ImportId];
                foreach (var refused in w.Tally.Refused) import.RefusedLines.Add((refused.Kind, refused.Line));
                database.Imports[w.ImportId] = import with
                {
                    Row = import.Row with { Cursor = w.End },
                    Applied = import.Applied + w.Tally.Applied,
                    Unchanged = import.Unchanged + w.Tally.Unchanged,
                    Refused = import.Refused + w.Tally.Refused.Count,
                };
                break;
            case ImportThrough w:
                database.Imports[w.ImportId] = database.Imports[w.ImportId] with { Row = database.Imports[w.ImportId].Row with { Status = "succeeded" } };
                break;
            default:
                throw new NotSupportedException($"{write}");
        }
    }

    private static ImportChunk NextChunk(this Database database, NextChunk q)
    {
        var import = database.Imports[q.ImportId];
        List<StagedRecord> Of(ImportCursor after) =>
            [.. import.Records.Where(r => r.Kind == after.Kind && r.Line > after.Line && !import.RefusedLines.Contains((r.Kind, r.Line))).OrderBy(r => r.Line).Take(q.Limit)];
        var records = Of(q.After);
        return new ImportChunk(records.Count == 0 && q.After.Kind == StagedRecord.Author ? Of(new ImportCursor(StagedRecord.Book, 0)) : records);
    }

    private static TakenBook TakenBook(this Database database, Guid bookId, long takenAt)
    {
        var stream = database.Streams[bookId];
        var named = stream.LastOrDefault(row => row.Event.Provenance.CausedBy is null && row.Event.Data is BookCreated or BookUpdated && row.Event.Provenance.CausedBy is null);
        return new TakenBook(
            bookId,
            stream.Exists(row => row.Event.Position > takenAt && row.Event.Provenance.CausedBy is null && row.Event.Data is not BookRestored),
            named?.Event.Data switch { BookCreated e => e.Book.Contributors, BookUpdated e => e.Book.Contributors, _ => [] });
    }

    private static long? Since(BookRow book, Guid author)
    {
        var at = book.State.AuthorIds.IndexOf(author);
        return at < 0 ? null : book.Since[at];
    }

    private static EventRow At(this Database database, long position) => database.Events.First(row => row.Event.Position == position);

    private static DateTimeOffset TimeOf(this Database database, long position) => database.At(position).At;

    private static Provenance CauseOf(this Database database, long position)
    {
        var cause = database.At(position).Event;
        return new Provenance(cause.Provenance.OperationId, cause.Provenance.ImportId, cause.EventId, cause.Provenance.TraceParent, cause.Provenance.Actor);
    }
}
