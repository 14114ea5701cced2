using Library.Hosting.Events;
using Library.Worker.Features.Relay;

namespace Library.Simulation;

/// <summary>The relay's transaction over its position's row.</summary>
internal sealed class SimulatedRelayLead : IRelayLead
{
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(10);

    private readonly World _world;
    private readonly Session _session;
    private int _statements;
    private bool _inTransaction;

    public SimulatedRelayLead(World world, Machine machine)
    {
        _world = world;
        _session = world.OpenDatabaseSession(machine);
        _session.Ended += End;
    }

    public int PageSize => _world.PageSize;

    public Task<IReadOnlyList<StoredEvent>> TakeAsync(CancellationToken cancellation) => ReadAsync(() => _inTransaction = true, null, cancellation);

    public Task<IReadOnlyList<StoredEvent>> ReadAheadAsync(long after, CancellationToken cancellation) => ReadAsync(() => { }, after, cancellation);

    public Task<IReadOnlyList<StoredEvent>> StoreAndReadAheadAsync(long confirmed, long after, CancellationToken cancellation) =>
        _session.CallAsync<IReadOnlyList<StoredEvent>>((answer, _) => Store(confirmed, () =>
        {
            _inTransaction = true;
            answer(Read(after));
        }), cancellation);

    public Task StoreAsync(long confirmed, CancellationToken cancellation) =>
        _session.CallAsync<bool>((answer, _) => Store(confirmed, () => answer(true)), cancellation);

    public ValueTask DisposeAsync()
    {
        _session.Close();
        return ValueTask.CompletedTask;
    }

    /// <summary>The update waits for the row, the commit gives it up.</summary>
    private void Store(long confirmed, Action stored) => _world.Database.RelayLock.Take(this, () =>
    {
        _statements++;
        _world.Database.StoreRelayPosition(confirmed);
        End();
        stored();
    });

    private Task<IReadOnlyList<StoredEvent>> ReadAsync(Action begin, long? after, CancellationToken cancellation) => _session.CallAsync<IReadOnlyList<StoredEvent>>((answer, _) =>
    {
        begin();
        answer(Read(after));
    }, cancellation);

    /// <summary>Skips the row that is locked: no page.</summary>
    private IReadOnlyList<StoredEvent> Read(long? after)
    {
        var number = ++_statements;
        if (_inTransaction) _world.Scheduler.After(IdleTimeout, () =>
        {
            if (_inTransaction && number == _statements) _session.EndNow();
        });
        var row = _world.Database.RelayLock;
        if (row.Holder is not null && row.Holder != this) return [];
        if (_inTransaction) row.Take(this, () => { });
        return _world.Database.Page(after ?? _world.Database.RelayPosition, PageSize);
    }

    private void End()
    {
        _inTransaction = false;
        _world.Database.RelayLock.Leave(this);
    }
}
