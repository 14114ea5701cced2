using System.Globalization;
using Library.Hosting.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Library.Api.Infrastructure.Reading;

/// <summary>The pools that the catalog is read through, keys of their services.</summary>
internal static class ReadPool
{
    public const string Resources = "resources";
    public const string Lists = "lists";

    /// <summary>Full text and exact counts: apart, so that the heaviest of them leave lists alone.</summary>
    public const string Searches = "searches";

    /// <summary>On the primary, since a standby may lag behind.</summary>
    public const string Audit = "audit";

    /// <summary>An audit may take longer than a read: a resource may have millions of events.</summary>
    private static readonly TimeSpan AuditLimit = TimeSpan.FromSeconds(25);

    /// <summary>The share of a busy database that an audit may use.</summary>
    private const int AuditConnections = 2;

    // Which index is best depends on the values: one word is in every book, another in none. A page is a few rows found by indexes that mostly
    // are in memory: compiling its plan, or starting workers for it, costs more than running it. Within the default work_mem a bitmap of more than
    // some 35,000 pages becomes lossy, and every row of those pages is rechecked.
    private const string PageSettings = " -c plan_cache_mode=force_custom_plan -c random_page_cost=1.1 -c jit=off -c max_parallel_workers_per_gather=0 -c work_mem=32MB";

    public static void AddReadPool(this IServiceCollection services, string pool)
    {
        services.AddKeyedSingleton(pool, (provider, _) => Open(
            pool,
            provider.GetRequiredService<IOptions<PostgresOptions>>().Value,
            provider.GetRequiredService<IOptions<ReadOptions>>().Value,
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddKeyedSingleton(pool, (provider, _) => new Database(
            provider.GetRequiredKeyedService<NpgsqlDataSource>(pool), provider.GetRequiredService<TimeProvider>(), pool == Audit ? AuditLimit : null));
    }

    private static NpgsqlDataSource Open(string pool, PostgresOptions primary, ReadOptions reads, ILoggerFactory logging)
    {
        var options = new PostgresOptions
        {
            ConnectionString = pool == Audit || string.IsNullOrWhiteSpace(reads.ConnectionString) ? primary.ConnectionString : reads.ConnectionString,
            Schema = primary.Schema,
        };
        return PostgresSetup.CreateDataSource(options, logging, settings =>
        {
            settings.MaxPoolSize = pool switch
            {
                Audit => AuditConnections,
                Lists => reads.ListConnections,
                Searches => reads.SearchConnections,
                _ => reads.Connections,
            };
            settings.MinPoolSize = Math.Min(settings.MinPoolSize, settings.MaxPoolSize);
            var timeout = pool == Audit ? AuditLimit : reads.StatementTimeout;
            settings.Options = string.Create(CultureInfo.InvariantCulture, $"{settings.Options} -c statement_timeout={timeout.TotalMilliseconds:0}");
            if (pool != Resources) settings.Options += PageSettings;
        });
    }
}
