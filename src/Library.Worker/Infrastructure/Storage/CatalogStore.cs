using Npgsql;

namespace Library.Worker.Infrastructure.Storage;

/// <summary>The catalog in Postgres.</summary>
internal sealed class CatalogStore(NpgsqlDataSource postgres) : ICatalogStore
{
    public async Task<ICatalogTransaction> BeginAsync(CancellationToken cancellation) => await CatalogTransaction.BeginAsync(postgres, cancellation);

    public async Task<(ICatalogTransaction Transaction, LoadedCatalog Loaded)> BeginAsync(CatalogLoad load, CancellationToken cancellation) =>
        await CatalogTransaction.BeginAsync(postgres, load, cancellation);

    public async Task<T> ReadAsync<T>(ICatalogQuery<T> query, CancellationToken cancellation)
    {
        await using var connection = await postgres.OpenConnectionAsync(cancellation);
        return await query.ReadAsync(connection, cancellation);
    }
}
