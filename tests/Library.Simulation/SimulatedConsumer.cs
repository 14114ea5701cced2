using Library.Hosting.Messaging;
using Library.Worker.Features.Commands;

namespace Library.Simulation;

/// <summary>The command queue as a process consumes it. Like the real consumer it hands out what had arrived before it was lost.</summary>
internal sealed class SimulatedConsumer : ICommandConsumer, IErrorQueue
{
    private readonly World _world;
    private readonly Machine _machine;
    private readonly Session _session;
    private readonly Queue<QueuedMessage> _arrived = new();
    private readonly CancellationTokenSource _lost = new();
    private SimulatedQueue<QueuedMessage>.Consumer? _consumer;
    private TaskCompletionSource<bool>? _waiter;

    private SimulatedConsumer(World world, Machine machine)
    {
        (_world, _machine) = (world, machine);
        _session = world.OpenBrokerSession(machine);
        _session.Lost += () =>
        {
            _lost.Cancel();
            _waiter?.TrySetResult(true);
        };
    }

    public CancellationToken Lost => _lost.Token;

    public IErrorQueue Errors => this;

    public static async Task<ICommandConsumer> OpenAsync(World world, Machine machine, CancellationToken cancellation)
    {
        var consumer = new SimulatedConsumer(world, machine);
        await consumer._session.CallAsync<bool>((answer, _) =>
        {
            answer(true);
            consumer._consumer = world.Commands.Subscribe(consumer._session, 2 * world.BatchSize, consumer.Arrive);
        }, cancellation);
        return consumer;
    }

    public async Task<IReadOnlyList<QueuedMessage>> NextBatchAsync(CancellationToken cancellation)
    {
        while (_arrived.Count == 0)
        {
            if (_session.IsLost) return [];
            var waiter = _waiter = new TaskCompletionSource<bool>();
            await using var timer = _machine.Time.CreateTimer(_ => waiter.TrySetResult(false), null, CommandConsumer.LongestWait, Timeout.InfiniteTimeSpan);
            var registration = cancellation.Register(() => waiter.TrySetCanceled(cancellation));
            try
            {
                if (!await waiter.Task) return [];
            }
            finally
            {
                registration.Unregister();
            }
        }

        var batch = new List<QueuedMessage>();
        while (batch.Count < _world.BatchSize && _arrived.TryDequeue(out var message)) batch.Add(message);
        return batch;
    }

    public ValueTask AcknowledgeAsync(IReadOnlyList<QueuedMessage> batch)
    {
        if (_session.IsLost) throw new IOException("the channel is closed");
        _session.ToServer(() => _world.Acknowledge(_consumer!, batch));
        return ValueTask.CompletedTask;
    }

    /// <summary>Lost: nothing but a waiting client's time hangs on it.</summary>
    public ValueTask ReplyAsync(BatchCommitted committed, CancellationToken cancellation) => ValueTask.CompletedTask;

    public Task PutAsync(QueuedMessage message, string reason, CancellationToken cancellation) => _session.CallAsync<bool>((confirm, _) =>
    {
        _world.DeadLettered.Add(message.OperationId!.Value);
        confirm(true);
    }, cancellation);

    public ValueTask DisposeAsync()
    {
        _session.Close();
        _lost.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Arrive(ulong tag, QueuedMessage message)
    {
        _arrived.Enqueue(message with { Tag = tag, IsDeadLettered = false });
        _waiter?.TrySetResult(true);
    }
}
