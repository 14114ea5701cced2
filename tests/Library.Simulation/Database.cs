using Library.Contracts;
using Library.Contracts.Events;
using Library.Worker.Features.Imports;
using Library.Worker.Infrastructure.Model;
using Library.Worker.Infrastructure.Storage;
using Npgsql;

namespace Library.Simulation;

internal sealed record EventRow(AppendedEvent Event, DateTimeOffset At);

internal sealed record AuthorRow(AuthorState State, int Version, long? DeletedAt);

internal sealed record BookRow(BookState State, int Version, IReadOnlyList<long> Since);

internal sealed record OperationRow(Outcome Outcome, IReadOnlyList<Guid> LeftBooks);

internal sealed record RestorationRow(AuthorRestoration Restoration, IReadOnlyList<Guid> Left);

internal sealed record ImportData(ImportRow Row, long Applied, long Unchanged, long Refused, IReadOnlyList<StagedRecord> Records, HashSet<(short Kind, long Line)> RefusedLines);

/// <summary>
/// What is committed, with the constraints that the schema has. It stands in for the SQL of CatalogLoadSql, CatalogWriteSql and
/// OperationSql, and answers the queries that cascades and imports ask (DatabaseQueries).
/// </summary>
internal sealed class Database(Scheduler scheduler)
{
    /// <summary>A title that the database can't take.</summary>
    public const string Poison = "poison";

    private long _sequence;

    public List<EventRow> Events { get; } = [];
    public Dictionary<Guid, List<EventRow>> Streams { get; } = [];
    public Dictionary<Guid, AuthorRow> Authors { get; } = [];
    public Dictionary<Guid, BookRow> Books { get; } = [];
    public Dictionary<Guid, OperationRow> Operations { get; } = [];

    /// <summary>Outcomes in the order in which they were committed.</summary>
    public List<Outcome> Decided { get; } = [];

    public Dictionary<(long Deletion, Guid BookId), long> CascadedBooks { get; } = [];
    public Dictionary<long, RestorationRow> Restorations { get; } = [];
    public Dictionary<Guid, ImportData> Imports { get; } = [];
    public long RelayPosition { get; private set; }

    /// <summary>pg_advisory_xact_lock: who holds it, and who waits, in order.</summary>
    public ServerLock WriterLock { get; } = new();

    /// <summary>The lock on the row of relay_position.</summary>
    public ServerLock RelayLock { get; } = new();

    public long LastPosition => Events.Count > 0 ? Events[^1].Event.Position : 0;

    /// <summary>Called when the relay's position is stored.</summary>
    public Action<long>? PositionStored { get; set; }

    public void StoreRelayPosition(long position)
    {
        RelayPosition = Math.Max(RelayPosition, position);
        PositionStored?.Invoke(position);
    }

    /// <summary>CatalogLoadSql.</summary>
    public LoadedCatalog Load(CatalogLoad load)
    {
        var now = Events.Count > 0 && Events[^1].At > scheduler.Clock ? Events[^1].At : scheduler.Clock;
        long[] positions = [.. Enumerable.Range(0, load.MaxEvents).Select(_ => ++_sequence)];
        var entries = load.Resources.Where(Streams.ContainsKey).Distinct().ToDictionary(id => id, id => EntryOf(id, load.LastStates.Contains(id)));
        var authors = load.Authors.Concat(load.LastStates.SelectMany(AuthorsOfBook)).Where(IsPresent).ToHashSet();
        return new LoadedCatalog(new Snapshot(now, LastPosition, positions, entries, authors), load.Operations.Where(Operations.ContainsKey).ToHashSet());
    }

    /// <summary>CatalogWriteSql and OperationSql, at once, or not at all.</summary>
    public void Commit(Catalog? catalog, IReadOnlyList<Outcome> outcomes, IEnumerable<ICatalogWrite> also)
    {
        foreach (var outcome in outcomes)
            if (Operations.ContainsKey(outcome.OperationId)) throw Violation("23505", "operations_pkey");
        if (catalog is not null) Check(catalog);
        foreach (var @event in catalog?.Events ?? []) Append(@event, catalog!.Now);
        foreach (var last in catalog?.LastEvents ?? []) Write(catalog!, last);
        foreach (var restoration in catalog?.Restorations ?? []) Restorations.Add(restoration.RestoredAt, new RestorationRow(restoration, []));
        foreach (var outcome in outcomes)
        {
            Operations.Add(outcome.OperationId, new OperationRow(outcome, []));
            Decided.Add(outcome);
        }

        foreach (var write in also) this.Write(write);
    }

    public bool IsPresent(Guid author) => Authors.TryGetValue(author, out var row) && row.DeletedAt is null;

    /// <summary>The links fall with the row: ON DELETE CASCADE.</summary>
    public void RemoveAuthor(Guid id)
    {
        Authors.Remove(id);
        foreach (var (bookId, book) in Books.Where(book => book.Value.State.AuthorIds.Contains(id)).ToArray())
        {
            var left = book.State.AuthorIds.Select((author, i) => (author, since: book.Since[i])).Where(link => link.author != id).ToArray();
            Books[bookId] = book with { State = book.State with { Contributors = [.. book.State.Contributors.Where(contributor => contributor.AuthorId != id)] }, Since = [.. left.Select(link => link.since)] };
        }
    }

    public static PostgresException Violation(string sqlState, string what) => new(what, "ERROR", "ERROR", sqlState);

    private void Check(Catalog catalog)
    {
        var versions = new Dictionary<Guid, int>();
        foreach (var @event in catalog.Events)
        {
            var before = versions.GetValueOrDefault(@event.ResourceId, Streams.TryGetValue(@event.ResourceId, out var stream) ? stream.Count : 0);
            if (@event.Version <= before) throw Violation("23505", "mt_events (stream_id, version)");
            versions[@event.ResourceId] = @event.Version;
            if (@event.Data is BookCreated { Book.Title: Poison } or BookUpdated { Book.Title: Poison }) throw Violation("22021", "invalid byte sequence");
        }

        foreach (var book in catalog.LastEvents.Select(last => catalog.Find(last.ResourceId)).OfType<BookEntry>().Where(book => book.State is not null))
        foreach (var author in book.State!.AuthorIds)
            if (!Authors.ContainsKey(author) && catalog.Find(author) is not AuthorEntry) throw Violation("23503", "book_authors_author_id_fkey");
    }

    private void Append(AppendedEvent @event, DateTimeOffset now)
    {
        var row = new EventRow(@event, now);
        Events.Add(row);
        if (!Streams.TryGetValue(@event.ResourceId, out var stream)) Streams.Add(@event.ResourceId, stream = []);
        stream.Add(row);
    }

    private void Write(Catalog catalog, AppendedEvent last)
    {
        switch (catalog.Find(last.ResourceId))
        {
            case AuthorEntry author:
                Authors[last.ResourceId] = new AuthorRow(author.State ?? author.Deletion!.LastState, author.Version, author.State is null ? last.Position : null);
                break;
            case BookEntry { State: null }:
                Books.Remove(last.ResourceId);
                break;
            case BookEntry book:
                Books[last.ResourceId] = new BookRow(book.State!, book.Version, book.LinkedSince);
                break;
        }
    }

    private Entry EntryOf(Guid id, bool withLastState)
    {
        var stream = Streams[id];
        var (last, version) = (stream[^1].Event, stream.Count);
        return stream[0].Event.Data switch
        {
            AuthorCreated => new AuthorEntry(version, IsPresent(id) ? Authors[id].State : null,
                withLastState && last.Data is AuthorDeleted deleted ? new AuthorDeletion(last.Position, deleted.Author) : null),
            BookCreated => new BookEntry(version, Books.GetValueOrDefault(id)?.State, Books.GetValueOrDefault(id)?.Since ?? [],
                withLastState ? (last.Data as BookDeleted)?.Book : null),
            _ => new ImportEntry(version),
        };
    }

    private IEnumerable<Guid> AuthorsOfBook(Guid id) => Streams.GetValueOrDefault(id)?[^1].Event.Data switch
    {
        BookCreated e => e.Book.AuthorIds,
        BookUpdated e => e.Book.AuthorIds,
        BookRestored e => e.Book.AuthorIds,
        BookDeleted e => e.Book.AuthorIds,
        _ => [],
    };
}

/// <summary>A lock that is given in the order in which it was asked for.</summary>
internal sealed class ServerLock
{
    private readonly LinkedList<(object Owner, Action Granted)> _waiting = new();

    public object? Holder { get; private set; }

    public void Take(object owner, Action granted)
    {
        if (Holder is null || Holder == owner)
        {
            Holder = owner;
            granted();
        }
        else _waiting.AddLast((owner, granted));
    }

    /// <summary>Gives it up, or the place in its queue.</summary>
    public void Leave(object owner)
    {
        for (var node = _waiting.First; node is not null; node = node.Next)
        {
            if (node.Value.Owner != owner) continue;
            _waiting.Remove(node);
            break;
        }

        if (Holder != owner) return;
        Holder = null;
        if (_waiting.First is not { Value: var next }) return;
        _waiting.RemoveFirst();
        Holder = next.Owner;
        next.Granted();
    }
}
