using System.Diagnostics.Metrics;
using Library.Contracts.Commands;
using Library.Hosting.Operations;
using Library.Hosting.Storage;
using Library.Testing;
using Library.Worker.Features.Cascades;
using Library.Worker.Features.Commands;
using Library.Worker.Infrastructure.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using RabbitMQ.Client;

namespace Library.Worker.Tests.Storage;

/// <summary>A catalog of its own on a real Postgres, with the writer's storage side over it and an error queue in memory.</summary>
public sealed class CatalogDatabase(TestServers servers) : IAsyncLifetime
{
    private readonly MeterFactory _meters = new();
    private readonly RecordingErrorQueue _errors = new();
    private PostgresOptions _options = null!;
    private SchemaReadiness _readiness = null!;
    private ulong _tag;

    internal NpgsqlDataSource Postgres { get; private set; } = null!;
    internal Marten.DocumentStore Marten { get; private set; } = null!;
    internal OperationIds Ids { get; private set; } = null!;
    internal BatchApplier Applier { get; private set; } = null!;
    internal WriterState State { get; } = new();
    internal RecordingErrorQueue Errors => _errors;
    internal SchemaReadiness Readiness => _readiness;
    internal IMeterFactory Meters => _meters;

    public async ValueTask InitializeAsync()
    {
        _options = new PostgresOptions { ConnectionString = await servers.CreateDatabaseAsync() };
        var operations = Options.Create(new OperationsOptions { Secret = "a secret of tests, long enough to be one" });
        Postgres = CreatePool();
        Marten = MartenSetup.CreateStore(Postgres, _options.Schema);
        Ids = new OperationIds(operations, TimeProvider.System);
        var partitions = new OperationPartitions(Postgres, operations, TimeProvider.System, NullLogger<OperationPartitions>.Instance);
        var migration = new SchemaMigration(Marten, Options.Create(_options), partitions, NullLogger<SchemaMigration>.Instance);
        _readiness = new SchemaReadiness(migration, TimeProvider.System, NullLogger<SchemaReadiness>.Instance);
        await _readiness.StartAsync(CancellationToken.None);
        await _readiness.WaitAsync(TestContext.Current.CancellationToken);
        Applier = new BatchApplier(
            Store, Ids, partitions, State, new WriterMetrics(_meters), TimeProvider.System, NullLogger<BatchApplier>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        _readiness.Dispose();
        Marten.Dispose();
        await Postgres.DisposeAsync();
        _meters.Dispose();
    }

    /// <summary>Another process's connections to it.</summary>
    internal NpgsqlDataSource CreatePool(Action<NpgsqlConnectionStringBuilder>? adjust = null) => PostgresSetup.CreateDataSource(_options, adjust: adjust);

    internal Task ApplyAsync(params CatalogCommand[] commands) => Applier.ApplyAsync(Queued(commands), _errors, TestContext.Current.CancellationToken);

    /// <summary>The commands as they would come off the queue, each with an operation id of now.</summary>
    internal IReadOnlyList<QueuedMessage> Queued(params CatalogCommand[] commands) => [.. commands.Select(command => new QueuedMessage
    {
        Tag = ++_tag,
        Body = [1, 2, 3],
        Properties = new BasicProperties(),
        Command = new PendingCommand(command with { OperationId = Ids.Next() }, null),
    })];

    internal DeletionCascade NewDeletionCascade() => new(Store, NewPages());

    internal RestorationCascade NewRestorationCascade() => new(Store, NewPages());

    internal CatalogStore Store => new(Postgres);

    private CascadePages NewPages() => new(_readiness, TimeProvider.System, NullLogger<CascadePages>.Instance);

    internal async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Postgres.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    internal async Task<List<T>> ColumnAsync<T>(string sql)
    {
        await using var command = Postgres.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var values = new List<T>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) values.Add(reader.GetFieldValue<T>(0));
        return values;
    }

    internal async Task ExecuteAsync(string sql)
    {
        await using var connection = await Postgres.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private sealed class MeterFactory : IMeterFactory
    {
        private readonly List<Meter> _meters = [];

        public Meter Create(MeterOptions options)
        {
            var meter = new Meter(options);
            _meters.Add(meter);
            return meter;
        }

        public void Dispose() => _meters.ForEach(meter => meter.Dispose());
    }
}

internal sealed class RecordingErrorQueue : IErrorQueue
{
    public List<(QueuedMessage Message, string Reason)> Put { get; } = [];

    public Func<Task> BeforePut { get; set; } = () => Task.CompletedTask;

    public async Task PutAsync(QueuedMessage message, string reason, CancellationToken cancellation)
    {
        await BeforePut();
        Put.Add((message, reason));
    }
}
