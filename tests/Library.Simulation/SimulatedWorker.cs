using System.Diagnostics.Metrics;
using System.Reflection;
using Library.Hosting.Operations;
using Library.Worker.Features.Cascades;
using Library.Worker.Features.Commands;
using Library.Worker.Features.Imports;
using Library.Worker.Features.Relay;
using Library.Worker.Infrastructure.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Library.Simulation;

/// <summary>A worker: the service's own writer, relay, cascades and importer, on a simulated machine.</summary>
internal sealed class SimulatedWorker(World world, Machine machine) : IDisposable
{
    private static readonly MethodInfo ExecuteAsync = typeof(BackgroundService).GetMethod("ExecuteAsync", BindingFlags.Instance | BindingFlags.NonPublic)!;
    private static readonly Meters NoMeters = new();

    /// <summary>Never opened: what it is given to asks it for its clock only, or runs no undo.</summary>
    private static readonly NpgsqlDataSource NoDatabase = NpgsqlDataSource.Create("Host=nowhere");

    private readonly CancellationTokenSource _stopping = new();

    public Machine Machine => machine;

    public void Dispose() => _stopping.Dispose();

    /// <summary>Ends when every part has stopped by itself.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    public void Start() => machine.Run(() => Running = RunAsync());

    /// <summary>Asks it to stop, as a deployment does.</summary>
    public void Stop() => machine.Run(_stopping.Cancel);

    private async Task RunAsync()
    {
        var time = machine.Time;
        var store = new SimulatedStore(world, machine);
        var readiness = new SchemaReadiness(new NoMigration(), time, NullLogger<SchemaReadiness>.Instance);
        var state = new WriterState();
        var partitions = new OperationPartitions(NoDatabase, Options.Create(new OperationsOptions()), time, NullLogger<OperationPartitions>.Instance);
        var applier = new BatchApplier(store, world.OperationIds, partitions, state, new WriterMetrics(NoMeters), time, NullLogger<BatchApplier>.Instance);
        var pages = new CascadePages(readiness, time, NullLogger<CascadePages>.Instance, world.CascadeSize);
        var (deletion, restoration) = (new DeletionCascade(store, pages), new RestorationCascade(store, pages));
        var runner = new ImportRunner(store, new ImportApplication(store), new ImportUndo(NoDatabase), time, NullLogger<ImportRunner>.Instance, world.ChunkSize);
        await Execute(readiness);
        await Task.WhenAll(
            Execute(new CatalogWriter(cancellation => SimulatedConsumer.OpenAsync(world, machine, cancellation), applier, readiness, state, time, NullLogger<CatalogWriter>.Instance)),
            Execute(new EventRelay(
                cancellation => SimulatedEventChannel.OpenAsync(world, machine, cancellation),
                cancellation => Task.FromResult<IRelayLead>(new SimulatedRelayLead(world, machine)),
                readiness, new SimulatedSignal(world, machine), new RelayState(NoMeters), time, NullLogger<EventRelay>.Instance)),
            Execute(new CascadeSweep(store, deletion, restoration, readiness, time, NullLogger<CascadeSweep>.Instance)),
            ConsumeAsync(world.Cascades, (start, _) => (start.IsDeletion ? (Func<Guid, long, CancellationToken, Task>)deletion.RunAsync : restoration.RunAsync)(start.AuthorId, start.Position, _stopping.Token)),
            ConsumeAsync(world.Imports, (import, lost) => runner.RunAsync(import, lost)));
    }

    private async Task Execute(BackgroundService service)
    {
        try
        {
            await (Task)ExecuteAsync.Invoke(service, [_stopping.Token])!;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // A host takes this for the end that it asked for.
        }
        catch (Exception fault)
        {
            world.Violate($"{service.GetType().Name} of {machine.Name} fell: {fault}");
        }
    }

    /// <summary>What MassTransit and ImportConsumer do: one message after the other, acknowledged when it is done.</summary>
    private async Task ConsumeAsync<T>(SimulatedQueue<T> queue, Func<T, CancellationToken, Task> handle) where T : struct
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await ConsumeSessionAsync(queue, handle);
                await Task.Delay(TimeSpan.FromSeconds(1), machine.Time, _stopping.Token);
            }
            catch (Exception fault) when (fault is IOException or OperationCanceledException)
            {
                // The next round opens another session.
            }
        }
    }

    private async Task ConsumeSessionAsync<T>(SimulatedQueue<T> queue, Func<T, CancellationToken, Task> handle) where T : struct
    {
        var session = world.OpenBrokerSession(machine);
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        var arrived = new Queue<(ulong Tag, T Message)>();
        TaskCompletionSource? waiter = null;
        session.Lost += () =>
        {
            lost.Cancel();
            waiter?.TrySetResult();
        };
        try
        {
            SimulatedQueue<T>.Consumer? consumer = null;
            await session.CallAsync<bool>((answer, _) =>
            {
                answer(true);
                consumer = queue.Subscribe(session, 1, (tag, message) =>
                {
                    arrived.Enqueue((tag, message));
                    waiter?.TrySetResult();
                });
            }, _stopping.Token);
            while (true)
            {
                while (arrived.Count == 0)
                {
                    if (session.IsLost) return;
                    waiter = new TaskCompletionSource();
                    var registration = _stopping.Token.Register(() => waiter.TrySetCanceled());
                    try
                    {
                        await waiter.Task;
                    }
                    finally
                    {
                        registration.Unregister();
                    }
                }

                var (tag, message) = arrived.Dequeue();
                await handle(message, lost.Token);
                session.ToServer(() => queue.Acknowledge(consumer!, tag, multiple: false));
            }
        }
        finally
        {
            session.Close();
        }
    }

    private sealed class NoMigration : ISchemaMigration
    {
        public Task RunAsync(CancellationToken cancellation) => Task.CompletedTask;
    }

    private sealed class Meters : IMeterFactory
    {
        private Meter? _meter;

        /// <summary>One for all: the runtime holds a meter until it is disposed.</summary>
        public Meter Create(MeterOptions options) => _meter ??= new(options);

        public void Dispose() => _meter?.Dispose();
    }
}
