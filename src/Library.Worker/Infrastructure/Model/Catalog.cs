using Library.Contracts;
using Library.Contracts.Events;
using Library.Hosting.Events;

namespace Library.Worker.Infrastructure.Model;

/// <summary>Where an event comes from; kept beside it in the store and sent with it.</summary>
/// <param name="Actor">The caller that caused it; null: callers are not identified.</param>
internal sealed record Provenance(Guid? OperationId = null, Guid? ImportId = null, Guid? CausedBy = null, string? TraceParent = null, string? Actor = null);

/// <summary>An event with its place in the catalog's one sequence and in its stream.</summary>
internal sealed record AppendedEvent(long Position, Guid EventId, Guid ResourceId, int Version, EventType Type, object Data, Provenance Provenance);

/// <summary>A restored author, whose books are still to be restored.</summary>
/// <param name="RestoredAt">Position of the AuthorRestored.</param>
/// <param name="Deletion">Position of the AuthorDeleted that it undoes.</param>
internal sealed record AuthorRestoration(long RestoredAt, Guid AuthorId, long Deletion, Guid? OperationId);

/// <summary>What one transaction read under the writer's lock, before any decision.</summary>
/// <param name="Now">Time of all events of this transaction: never before that of the last event.</param>
/// <param name="LastPosition">Position of the last event; 0: none.</param>
/// <param name="Positions">Positions that this transaction may use, ascending, at least one for each event that it may append.</param>
internal sealed record Snapshot(
    DateTimeOffset Now,
    long LastPosition,
    IReadOnlyList<long> Positions,
    IReadOnlyDictionary<Guid, Entry> Entries,
    IReadOnlySet<Guid> Authors);

/// <summary>
/// The part of the catalog that a transaction touches, in memory: starts as the snapshot and applies one event after another, so that
/// a later command of a batch sees the effect of an earlier one. At the end its content is written to the database. No I/O.
/// </summary>
internal sealed class Catalog(Snapshot snapshot) : ICatalogView
{
    private readonly Dictionary<Guid, Entry> _entries = new(snapshot.Entries);
    private readonly HashSet<Guid> _authors = [.. snapshot.Authors];
    private readonly List<AppendedEvent> _events = [];
    private readonly Dictionary<Guid, AppendedEvent> _lastEvents = [];
    private readonly List<AuthorRestoration> _restorations = [];

    public DateTimeOffset Now => snapshot.Now;

    /// <summary>Position of the last event, those of this transaction included.</summary>
    public long Position => _events.Count > 0 ? _events[^1].Position : snapshot.LastPosition;

    public IReadOnlyList<AppendedEvent> Events => _events;

    /// <summary>The last event of each resource that was touched.</summary>
    public IReadOnlyCollection<AppendedEvent> LastEvents => _lastEvents.Values;

    public Entry? Find(Guid id) => _entries.GetValueOrDefault(id);

    public bool HasAuthor(Guid id) => _authors.Contains(id);

    /// <summary>Restored authors, whose books are still to be restored.</summary>
    public IReadOnlyList<AuthorRestoration> Restorations => _restorations;

    /// <summary>The entry as the transaction found it; null: the id was never used.</summary>
    public Entry? FindBefore(Guid id) => snapshot.Entries.GetValueOrDefault(id);

    /// <summary>Whether the id was never used before this transaction.</summary>
    public bool IsNew(Guid id) => !snapshot.Entries.ContainsKey(id);

    public AppendedEvent Append(object data, Provenance provenance)
    {
        var position = snapshot.Positions[_events.Count];
        var id = ResourceOf(data);
        var before = Find(id);
        if (data is AuthorRestored) _restorations.Add(new AuthorRestoration(position, id, ((AuthorEntry)before!).Deletion!.Position, provenance.OperationId));
        var entry = Evolve(before, data, position);
        var appended = new AppendedEvent(position, Guid.CreateVersion7(Now), id, entry.Version, EventType.Of(data), data, provenance);
        _entries[id] = entry;
        _events.Add(appended);
        _lastEvents[id] = appended;
        if (entry is AuthorEntry author) _ = author.State is null ? _authors.Remove(id) : _authors.Add(id);
        return appended;
    }

    private static Guid ResourceOf(object data) => data switch
    {
        AuthorCreated e => e.Author.Id,
        AuthorUpdated e => e.Author.Id,
        AuthorDeleted e => e.Author.Id,
        AuthorRestored e => e.Author.Id,
        BookCreated e => e.Book.Id,
        BookUpdated e => e.Book.Id,
        BookDeleted e => e.Book.Id,
        BookRestored e => e.Book.Id,
        ImportCompleted e => e.Import.Id,
        _ => throw new InvalidOperationException($"{data.GetType()} is no event of the catalog"),
    };

    private static Entry Evolve(Entry? before, object data, long position)
    {
        var version = (before?.Version ?? 0) + 1;
        return data switch
        {
            AuthorCreated e => new AuthorEntry(version, e.Author),
            AuthorUpdated e => new AuthorEntry(version, e.Author),
            AuthorRestored e => new AuthorEntry(version, e.Author),
            AuthorDeleted e => new AuthorEntry(version, null, new AuthorDeletion(position, e.Author)),
            BookCreated e => WithLinks(before, version, e.Book, position),
            BookUpdated e => WithLinks(before, version, e.Book, position),
            BookRestored e => WithLinks(before, version, e.Book, position),
            BookDeleted e => new BookEntry(version, null, [], e.Book),
            ImportCompleted => new ImportEntry(version),
            _ => throw new InvalidOperationException($"{data.GetType()} is no event of the catalog"),
        };
    }

    /// <summary>A link that stays keeps the position that set it: a cascade touches only links older than its author's deletion.</summary>
    private static BookEntry WithLinks(Entry? before, int version, BookState book, long position)
    {
        var since = new long[book.AuthorIds.Count];
        Array.Fill(since, position);
        if (before is BookEntry { State: { } previous } entry)
        {
            for (var i = 0; i < since.Length; i++)
            {
                var at = previous.AuthorIds.IndexOf(book.AuthorIds[i]);
                if (at >= 0) since[i] = entry.LinkedSince[at];
            }
        }

        return new BookEntry(version, book, since);
    }
}

internal static class ListExtensions
{
    public static int IndexOf(this IReadOnlyList<Guid> list, Guid id)
    {
        for (var i = 0; i < list.Count; i++)
            if (list[i] == id) return i;
        return -1;
    }
}
