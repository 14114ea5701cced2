using Library.Hosting.TestHooks;
using Library.Worker.Infrastructure.Model;
using Npgsql;

namespace Library.Worker.Infrastructure.Storage;

/// <summary>
/// One transaction of the catalog's only writer. It holds the advisory lock that everyone who appends events must hold, so commit order
/// is position order, always. Two round trips: the load, then all writes together with the commit.
/// </summary>
internal sealed class CatalogTransaction : ICatalogTransaction
{
    private readonly NpgsqlConnection _connection;
    private bool _ended;

    private CatalogTransaction(NpgsqlConnection connection) => _connection = connection;

    /// <summary>For statements of an undo, inside this transaction.</summary>
    public NpgsqlConnection Connection => _connection;

    /// <summary>Begins, and waits for the lock.</summary>
    /// <exception cref="TimeoutException">Another writer held the lock for too long.</exception>
    public static async Task<CatalogTransaction> BeginAsync(NpgsqlDataSource postgres, CancellationToken cancellation)
    {
        var (transaction, _) = await BeginAsync(postgres, batch => batch.ExecuteNonQueryAsync(cancellation), cancellation);
        return transaction;
    }

    /// <summary>Begins, waits for the lock, and loads, in one round trip.</summary>
    /// <exception cref="TimeoutException">Another writer held the lock for too long.</exception>
    public static Task<(CatalogTransaction Transaction, LoadedCatalog Loaded)> BeginAsync(
        NpgsqlDataSource postgres, CatalogLoad load, CancellationToken cancellation)
    {
        CrashPoint.At("before-load");
        return BeginAsync(postgres, LoadAsync, cancellation);

        async Task<LoadedCatalog> LoadAsync(NpgsqlBatch batch)
        {
            CatalogLoadSql.AddTo(batch, load);
            await using var reader = await batch.ExecuteReaderAsync(cancellation);
            await reader.NextResultAsync(cancellation);
            var loaded = await LoadedCatalog.ReadAsync(reader, load, cancellation);
            CrashPoint.At("after-load");
            return loaded;
        }
    }

    public Task<T> ReadAsync<T>(ICatalogQuery<T> query, CancellationToken cancellation) => query.ReadAsync(_connection, cancellation);

    public async Task<LoadedCatalog> LoadAsync(CatalogLoad load, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(_connection);
        CatalogLoadSql.AddTo(batch, load);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        return await LoadedCatalog.ReadAsync(reader, load, cancellation);
    }

    public async Task CommitAsync(
        Catalog catalog, IReadOnlyList<Outcome> outcomes, CancellationToken cancellation, params IEnumerable<ICatalogWrite> also)
    {
        await using var batch = new NpgsqlBatch(_connection);
        if (catalog.Events.Count >= CatalogCopySql.Threshold) await CopyAsync(catalog, batch, cancellation);
        else CatalogWriteSql.AddTo(batch, catalog);
        OperationSql.AddTo(batch, outcomes, catalog.Now);
        await CommitAsync(batch, also, cancellation);
    }

    public async Task WriteOutcomeAsync(Outcome outcome, DateTimeOffset completedAt, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(_connection);
        OperationSql.AddTo(batch, [outcome], completedAt);
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    public async Task WriteAndCommitAsync(IEnumerable<ICatalogWrite> writes, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(_connection);
        await CommitAsync(batch, writes, cancellation);
    }

    public async Task CommitAsync(CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("commit", _connection);
        await command.ExecuteNonQueryAsync(cancellation);
        _ended = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (_ended) await _connection.DisposeAsync();
        else await EndAsync(_connection);
    }

    private async Task CopyAsync(Catalog catalog, NpgsqlBatch last, CancellationToken cancellation)
    {
        await CatalogCopySql.WriteAsync(_connection, catalog, cancellation);
        await using var known = new NpgsqlBatch(_connection);
        CatalogWriteSql.AddKnownTo(known, catalog);
        if (known.BatchCommands.Count > 0) await known.ExecuteNonQueryAsync(cancellation);
        await CatalogCopySql.WriteLinksAsync(_connection, catalog, cancellation);
        CatalogWriteSql.AddRest(last, catalog);
    }

    private async Task CommitAsync(NpgsqlBatch batch, IEnumerable<ICatalogWrite> also, CancellationToken cancellation)
    {
        foreach (var command in also.SelectMany(write => write.ToSql())) batch.BatchCommands.Add(command);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
        CrashPoint.At("before-commit");
        await batch.ExecuteNonQueryAsync(cancellation);
        CrashPoint.At("after-commit");
        _ended = true;
    }

    private static async Task<(CatalogTransaction, T)> BeginAsync<T>(NpgsqlDataSource postgres, Func<NpgsqlBatch, Task<T>> execute, CancellationToken cancellation)
    {
        var connection = await postgres.OpenConnectionAsync(cancellation);
        try
        {
            await using var batch = new NpgsqlBatch(connection);
            batch.BatchCommands.Add(new NpgsqlBatchCommand("begin isolation level read committed"));
            CatalogLock.AddTo(batch);
            return (new CatalogTransaction(connection), await execute(batch));
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            await EndAsync(connection);
            throw await CatalogLock.CutOffSilentHolderAsync(postgres, fault, cancellation);
        }
        catch
        {
            await EndAsync(connection);
            throw;
        }
    }

    /// <summary>Rolls back before the connection returns to the pool; the pool discards a broken connection.</summary>
    private static async Task EndAsync(NpgsqlConnection connection)
    {
        if (connection.FullState.HasFlag(System.Data.ConnectionState.Open))
        {
            try
            {
                await using var rollback = new NpgsqlCommand("rollback", connection);
                await rollback.ExecuteNonQueryAsync();
            }
            catch (NpgsqlException)
            {
                // The connection is gone, and the transaction with it.
            }
        }

        await connection.DisposeAsync();
    }
}
