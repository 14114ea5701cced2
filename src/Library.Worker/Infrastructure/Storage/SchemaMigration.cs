using DbUp;
using DbUp.Engine;
using DbUp.Engine.Output;
using JasperFx;
using Library.Hosting.Storage;
using Marten;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Library.Worker.Infrastructure.Storage;

internal interface ISchemaMigration
{
    Task RunAsync(CancellationToken cancellation);
}

/// <summary>
/// Brings the schema up to date: Marten's own tables, then our numbered scripts, each once. One worker at a time does it, under a lock,
/// while another may be writing: statements wait for a table's lock for two seconds at most and are tried again.
/// </summary>
internal sealed partial class SchemaMigration(IDocumentStore marten, IOptions<PostgresOptions> options, OperationPartitions partitions, ILogger<SchemaMigration> log) : ISchemaMigration
{
    public async Task RunAsync(CancellationToken cancellation)
    {
        var schema = options.Value.Schema;
        var settings = new NpgsqlConnectionStringBuilder(options.Value.ConnectionString)
        {
            SearchPath = schema,
            Pooling = false,
            // Adding a column to a large table has no time limit; only the wait for the lock has one.
            CommandTimeout = 0,
            Options = "-c lock_timeout=2000",
        };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancellation);
        await ExecuteAsync(connection, "set lock_timeout = 0", cancellation);
        await ExecuteAsync(connection, $"select pg_advisory_lock(hashtextextended('library.schema.{schema}', 0))", cancellation);
        LogMigrating(schema);
        await marten.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
        RunScripts(settings.ConnectionString, schema);
        await partitions.KeepAsync(cancellation);
        LogMigrated(schema);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static void RunScripts(string connectionString, string schema)
    {
        var result = DeployChanges.To.PostgresqlDatabase(connectionString)
            .WithScriptsEmbeddedInAssembly(typeof(SchemaMigration).Assembly, name => name.EndsWith(".sql", StringComparison.Ordinal))
            .JournalToPostgresqlTable(schema, "schema_versions")
            .WithTransactionPerScript()
            .WithVariablesDisabled()
            .LogTo(new NoOpUpgradeLog())
            .Build()
            .PerformUpgrade();
        if (!result.Successful) throw new SchemaMigrationException(result);
    }

    [LoggerMessage(1, LogLevel.Information, "Bringing schema {Schema} up to date")]
    private partial void LogMigrating(string schema);

    [LoggerMessage(2, LogLevel.Information, "Schema {Schema} is up to date")]
    private partial void LogMigrated(string schema);
}

internal sealed class SchemaMigrationException(DatabaseUpgradeResult result)
    : Exception($"Script {result.ErrorScript?.Name} failed: {result.Error.Message}", result.Error);
