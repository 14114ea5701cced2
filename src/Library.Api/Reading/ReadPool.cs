using System.Globalization;
using Library.Hosting.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Library.Api.Reading;

/// <summary>The pools that the catalog is read through, keys of their services.</summary>
internal static class ReadPool
{
    public const string Resources = "resources";
    public const string Lists = "lists";

    // Which index is best depends on the values: one word is in every book, another in none. A page is a few rows found by indexes that mostly
    // lie in memory: to compile its plan, or to start workers for it, costs more than to run it. Within the default work_mem a bitmap of more than
    // some 35,000 pages forgets which rows it meant and has every row of those pages looked at.
    private const string ListSettings = " -c plan_cache_mode=force_custom_plan -c random_page_cost=1.1 -c jit=off -c max_parallel_workers_per_gather=0 -c work_mem=32MB";

    public static void AddReadPool(this IServiceCollection services, string pool)
    {
        services.AddKeyedSingleton(pool, (provider, _) => Open(
            pool,
            provider.GetRequiredService<IOptions<PostgresOptions>>().Value,
            provider.GetRequiredService<IOptions<ReadOptions>>().Value,
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddKeyedSingleton(pool, (provider, _) => new Database(
            provider.GetRequiredKeyedService<NpgsqlDataSource>(pool), provider.GetRequiredService<TimeProvider>()));
    }

    private static NpgsqlDataSource Open(string pool, PostgresOptions primary, ReadOptions reads, ILoggerFactory logging)
    {
        var options = new PostgresOptions
        {
            ConnectionString = string.IsNullOrWhiteSpace(reads.ConnectionString) ? primary.ConnectionString : reads.ConnectionString,
            Schema = primary.Schema,
        };
        return PostgresSetup.CreateDataSource(options, logging, settings =>
        {
            settings.MaxPoolSize = pool == Lists ? reads.ListConnections : reads.Connections;
            settings.MinPoolSize = Math.Min(settings.MinPoolSize, settings.MaxPoolSize);
            settings.Options = string.Create(CultureInfo.InvariantCulture, $"{settings.Options} -c statement_timeout={reads.StatementTimeout.TotalMilliseconds:0}");
            if (pool == Lists) settings.Options += ListSettings;
        });
    }
}
