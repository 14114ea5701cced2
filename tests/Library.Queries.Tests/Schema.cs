extern alias worker;

using Library.Hosting.Operations;
using Library.Hosting.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

using worker::Library.Worker.Infrastructure.Storage;

namespace Library.Queries.Tests;

/// <summary>Brings a database to the schema as the worker does.</summary>
internal static class Schema
{
    public static async Task MigrateAsync(PostgresOptions options, CancellationToken cancellation)
    {
        var operations = Options.Create(new OperationsOptions { Secret = QueryApi.Secret });
        await using var postgres = PostgresSetup.CreateDataSource(options);
        using var marten = MartenSetup.CreateStore(postgres, options.Schema);
        var partitions = new OperationPartitions(postgres, operations, TimeProvider.System, NullLogger<OperationPartitions>.Instance);
        await new SchemaMigration(marten, Options.Create(options), partitions, NullLogger<SchemaMigration>.Instance).RunAsync(cancellation);
    }
}
