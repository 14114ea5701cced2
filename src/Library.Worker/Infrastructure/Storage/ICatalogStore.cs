using Library.Worker.Infrastructure.Model;
using Npgsql;

namespace Library.Worker.Infrastructure.Storage;

/// <summary>Begins the catalog's transactions: the boundary between decisions and storage.</summary>
internal interface ICatalogStore
{
    /// <summary>Begins, and waits for the writer's lock.</summary>
    Task<ICatalogTransaction> BeginAsync(CancellationToken cancellation);

    /// <summary>Begins, waits for the writer's lock, and loads, in one round trip.</summary>
    Task<(ICatalogTransaction Transaction, LoadedCatalog Loaded)> BeginAsync(CatalogLoad load, CancellationToken cancellation);

    /// <summary>Reads outside of any transaction.</summary>
    Task<T> ReadAsync<T>(ICatalogQuery<T> query, CancellationToken cancellation);
}

/// <summary>A transaction that holds the writer's lock. Without a commit it leaves nothing behind.</summary>
internal interface ICatalogTransaction : IAsyncDisposable
{
    /// <summary>Loads under the lock.</summary>
    Task<LoadedCatalog> LoadAsync(CatalogLoad load, CancellationToken cancellation);

    /// <summary>Reads under the lock.</summary>
    Task<T> ReadAsync<T>(ICatalogQuery<T> query, CancellationToken cancellation);

    /// <summary>Writes the catalog's events, documents and rows and the outcomes, and commits.</summary>
    /// <param name="also">What belongs to the same transaction, written last.</param>
    Task CommitAsync(Catalog catalog, IReadOnlyList<Outcome> outcomes, CancellationToken cancellation, params IEnumerable<ICatalogWrite> also);

    /// <summary>Writes one outcome and nothing else, without committing: proof that the database takes writes.</summary>
    Task WriteOutcomeAsync(Outcome outcome, DateTimeOffset completedAt, CancellationToken cancellation);

    /// <summary>For transactions that write nothing to the catalog.</summary>
    Task WriteAndCommitAsync(IEnumerable<ICatalogWrite> writes, CancellationToken cancellation);

    Task CommitAsync(CancellationToken cancellation);
}

/// <summary>A question to the database, with the SQL that asks it.</summary>
internal interface ICatalogQuery<T>
{
    Task<T> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation);
}

/// <summary>What a transaction writes beside events, documents, rows and outcomes, with the SQL that does it.</summary>
internal interface ICatalogWrite
{
    IEnumerable<NpgsqlBatchCommand> ToSql();
}
