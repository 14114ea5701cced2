using Library.Contracts.Commands;
using Library.Hosting.Operations;
using Library.Worker.Features.Commands;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Library.Simulation;

/// <summary>An event that starts a cascade, on its way to a worker.</summary>
internal readonly record struct CascadeStart(bool IsDeletion, Guid AuthorId, long Position);

/// <summary>Database, broker, workers and clients of one run, and what must hold at every moment of it.</summary>
internal sealed class World
{
    private readonly List<Session> _sessions = [];
    private int _firstPublished;

    public World(Scheduler scheduler)
    {
        Scheduler = scheduler;
        Database = new Database(scheduler) { PositionStored = CheckStored };
        Commands = new(scheduler, "commands");
        Cascades = new(scheduler, "cascades", singleActive: false);
        Imports = new(scheduler, "imports");
        BatchSize = scheduler.Random.Next(1, 12);
        PageSize = scheduler.Random.Next(1, 8);
        CascadeSize = scheduler.Random.Next(1, 4);
        ChunkSize = scheduler.Random.Next(1, 6);
        RefusalChance = scheduler.Chance(0.2) ? 0.01 : 0;
        OperationIds = new(Options.Create(new OperationsOptions { Secret = "a secret of the simulation, long enough to be one" }), new Clock(scheduler, new Machine(scheduler, "api")));
    }

    public Scheduler Scheduler { get; }
    public Database Database { get; }
    public SimulatedQueue<QueuedMessage> Commands { get; }
    public SimulatedQueue<CascadeStart> Cascades { get; }
    public SimulatedQueue<Guid> Imports { get; }
    public OperationIds OperationIds { get; }
    public int BatchSize { get; }
    public int PageSize { get; }
    public int CascadeSize { get; }
    public int ChunkSize { get; }
    public double RefusalChance { get; }

    /// <summary>What clients asked for; null: a message that nobody can read.</summary>
    public Dictionary<Guid, CatalogCommand?> Asked { get; } = [];

    public HashSet<Guid> DeadLettered { get; } = [];

    /// <summary>Positions in the order in which they first reached the broker, and how many are new to it.</summary>
    public int FirstPublished => _firstPublished;

    /// <summary>What does not hold; null: all does.</summary>
    public string? Violation { get; private set; }

    public event Action? Committed;

    public void Violate(FormattableString what)
    {
        Violation ??= FormattableString.Invariant(what);
        Scheduler.Note($"VIOLATION {FormattableString.Invariant(what)}");
    }

    public Session OpenDatabaseSession(Machine machine) => Open(new Session(Scheduler, machine, () => new NpgsqlException("the connection is broken")));

    public Session OpenBrokerSession(Machine machine)
    {
        var session = Open(new Session(Scheduler, machine, () => new IOException("the connection is broken")));
        // The broker misses the heartbeats of a process that is frozen.
        machine.Froze += () => Scheduler.After(Scheduler.Between(5_000, 25_000), () =>
        {
            if (machine.IsFrozen) session.EndNow();
        });
        return session;
    }

    public IReadOnlyList<Session> Sessions
    {
        get
        {
            _sessions.RemoveAll(session => session.HasEnded || session.IsLost);
            return _sessions;
        }
    }

    public void HasCommitted() => Committed?.Invoke();

    public void Acknowledge(SimulatedQueue<QueuedMessage>.Consumer consumer, IReadOnlyList<QueuedMessage> batch)
    {
        foreach (var message in batch)
            if (!Database.Operations.ContainsKey(message.OperationId!.Value)) Violate($"operation {NameOf(message.OperationId.Value)} is acknowledged and not decided");
        Commands.Acknowledge(consumer, batch[^1].Tag, multiple: true);
    }

    /// <summary>An event reaches the broker: for the first time it must be the next one; again, it may be any that was there.</summary>
    public void Publish(long position)
    {
        var events = Database.Events;
        if (_firstPublished < events.Count && events[_firstPublished].Event.Position == position)
        {
            _firstPublished++;
            Scheduler.Note($"event {position} is published");
        }
        else if (!events.Take(_firstPublished).Any(row => row.Event.Position == position)) Violate($"event {position} overtakes one that was never published");
        if (events.Find(row => row.Event.Position == position)?.Event is not { } @event) return;
        if (@event.Data is Contracts.Events.AuthorDeleted deleted) Start(new CascadeStart(true, deleted.Author.Id, position));
        if (@event.Data is Contracts.Events.AuthorRestored restored) Start(new CascadeStart(false, restored.Author.Id, position));
    }

    /// <summary>Short for traces: an operation by the order in which it was asked for.</summary>
    public string NameOf(Guid operation) => "#" + Asked.Keys.ToList().IndexOf(operation);

    private void Start(CascadeStart start)
    {
        // A message that an operator purged, or a broker that lost its disk: the sweep must find the cascade.
        if (Scheduler.Chance(0.05)) Scheduler.Note($"the start of cascade {start.Position} is lost");
        else Cascades.Enqueue(start);
    }

    private void CheckStored(long position)
    {
        Scheduler.Note($"the relay's position is {position}");
        if (Database.Events.Skip(_firstPublished).Any(row => row.Event.Position <= position)) Violate($"the relay stores position {position} before it is published");
    }

    private Session Open(Session session)
    {
        _sessions.Add(session);
        return session;
    }
}
