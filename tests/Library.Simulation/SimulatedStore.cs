using Library.Worker.Infrastructure.Model;
using Library.Worker.Infrastructure.Storage;
using Npgsql;

namespace Library.Simulation;

/// <summary>A process's way to the database: a session for each transaction.</summary>
internal sealed class SimulatedStore(World world, Machine machine) : ICatalogStore
{
    public async Task<ICatalogTransaction> BeginAsync(CancellationToken cancellation)
    {
        var transaction = new SimulatedTransaction(world, machine);
        await transaction.BeginAsync<object?>(() => null, cancellation);
        return transaction;
    }

    public async Task<(ICatalogTransaction Transaction, LoadedCatalog Loaded)> BeginAsync(CatalogLoad load, CancellationToken cancellation)
    {
        var transaction = new SimulatedTransaction(world, machine);
        return (transaction, await transaction.BeginAsync(() => world.Database.Load(load), cancellation));
    }

    public async Task<T> ReadAsync<T>(ICatalogQuery<T> query, CancellationToken cancellation)
    {
        var session = world.OpenDatabaseSession(machine);
        try
        {
            return await session.CallAsync<T>((answer, _) => answer((T)world.Database.Answer(query, world.Scheduler.Clock)!), cancellation);
        }
        finally
        {
            session.Close();
        }
    }
}

/// <summary>
/// A transaction with the writer's lock. All that it writes, it writes with its commit, as the real one does, so what is committed is all
/// that anyone sees. Ten seconds without a statement end it.
/// </summary>
internal sealed class SimulatedTransaction : ICatalogTransaction
{
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(10);

    private readonly World _world;
    private readonly Session _session;
    private readonly List<Outcome> _written = [];
    private int _statements;
    private bool _over;

    public SimulatedTransaction(World world, Machine machine)
    {
        _world = world;
        _session = world.OpenDatabaseSession(machine);
        _session.Ended += End;
    }

    public async Task<T> BeginAsync<T>(Func<T> load, CancellationToken cancellation)
    {
        try
        {
            return await _session.CallAsync<T>((answer, _) => _world.Database.WriterLock.Take(this, () => answer(Statement(load))), cancellation);
        }
        catch
        {
            _session.Close();
            throw;
        }
    }

    public Task<LoadedCatalog> LoadAsync(CatalogLoad load, CancellationToken cancellation) => RunAsync(() => _world.Database.Load(load), cancellation);

    public Task<T> ReadAsync<T>(ICatalogQuery<T> query, CancellationToken cancellation) =>
        RunAsync(() => (T)_world.Database.Answer(query, _world.Scheduler.Clock)!, cancellation);

    public Task CommitAsync(Catalog catalog, IReadOnlyList<Outcome> outcomes, CancellationToken cancellation, params IEnumerable<ICatalogWrite> also) =>
        CommitAsync(catalog, outcomes, [.. also], cancellation);

    public Task WriteOutcomeAsync(Outcome outcome, DateTimeOffset completedAt, CancellationToken cancellation) => RunAsync<object?>(() =>
    {
        _written.Add(outcome);
        return null;
    }, cancellation);

    public Task WriteAndCommitAsync(IEnumerable<ICatalogWrite> writes, CancellationToken cancellation) => CommitAsync(null, [], [.. writes], cancellation);

    public Task CommitAsync(CancellationToken cancellation) => CommitAsync(null, [], [], cancellation);

    public ValueTask DisposeAsync()
    {
        _session.Close();
        return ValueTask.CompletedTask;
    }

    private Task<object?> CommitAsync(Catalog? catalog, IReadOnlyList<Outcome> outcomes, IReadOnlyList<ICatalogWrite> also, CancellationToken cancellation) => RunAsync<object?>(() =>
    {
        _world.Database.Commit(catalog, [.. _written, .. outcomes], also);
        _world.Scheduler.Note($"{_session.Client.Name} commits {catalog?.Events.Count ?? 0} events, {_written.Count + outcomes.Count} outcomes, up to {_world.Database.LastPosition}; {string.Join(", ", also.Select(write => write.GetType().Name))}");
        End();
        _world.HasCommitted();
        return null;
    }, cancellation);

    private Task<T> RunAsync<T>(Func<T> statement, CancellationToken cancellation) => _session.CallAsync<T>((answer, fail) =>
    {
        if (_over)
        {
            fail(new NpgsqlException("the transaction is over"));
            return;
        }

        try
        {
            answer(Statement(statement));
        }
        catch (PostgresException fault)
        {
            fail(fault);
        }
    }, cancellation);

    private T Statement<T>(Func<T> statement)
    {
        var number = ++_statements;
        _world.Scheduler.After(IdleTimeout, () =>
        {
            if (_over || number != _statements) return;
            _world.Scheduler.Note($"{_session.Client.Name}: a transaction idles and is ended");
            _session.EndNow();
        });
        return statement();
    }

    private void End()
    {
        _over = true;
        _world.Database.WriterLock.Leave(this);
    }
}
