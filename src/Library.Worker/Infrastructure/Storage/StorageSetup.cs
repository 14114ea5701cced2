using Library.Hosting.Storage;
using Marten;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Library.Worker.Infrastructure.Storage;

internal static class StorageSetup
{
    public static void AddStorage(this IServiceCollection services)
    {
        services.AddSingleton<IDocumentStore>(provider => MartenSetup.CreateStore(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<IOptions<PostgresOptions>>().Value.Schema));
        services.AddSingleton<ICatalogStore, CatalogStore>();
        services.AddSingleton<OperationPartitions>();
        services.AddSingleton<IRetention>(provider => provider.GetRequiredService<OperationPartitions>());
        services.AddSingleton<IRetention, IdempotencyKeyRetention>();
        services.AddSingleton<SchemaMigration>();
        services.AddSingleton<ISchemaMigration>(provider => provider.GetRequiredService<SchemaMigration>());
        services.AddSingleton<SchemaReadiness>();
        services.AddHostedService(provider => provider.GetRequiredService<SchemaReadiness>());
        services.AddHostedService<RetentionKeeper>();
    }
}
