using System.Globalization;
using Library.Worker.Features.Relay;
using RabbitMQ.Client;

namespace Library.Simulation;

/// <summary>The relay's channel: what is published arrives in order and is confirmed, or refused, in the broker's own time.</summary>
internal sealed class SimulatedEventChannel : IEventChannel
{
    private readonly World _world;
    private readonly Session _session;
    private Exception? _failure;
    private (ulong Tag, TaskCompletionSource Confirmed)? _waiter;
    private ulong _confirmed;
    private bool _refuses;

    private SimulatedEventChannel(World world, Machine machine)
    {
        _world = world;
        _session = world.OpenBrokerSession(machine);
        _session.Lost += () => Fail(new IOException("the relay's channel was closed"));
    }

    public ulong LastPublished { get; private set; }

    public static async Task<IEventChannel> OpenAsync(World world, Machine machine, CancellationToken cancellation)
    {
        var channel = new SimulatedEventChannel(world, machine);
        await channel._session.CallAsync<bool>((answer, _) => answer(true), cancellation);
        return channel;
    }

    public ValueTask PublishAsync(string exchange, BasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        if (_session.IsLost) throw new IOException("the relay's channel is closed");
        var tag = ++LastPublished;
        var position = long.Parse((string)properties.Headers!["cloudEvents:sequence"]!, CultureInfo.InvariantCulture);
        _session.ToServer(() =>
        {
            // A queue that is down refuses all that comes.
            if (_refuses |= _world.Scheduler.Chance(_world.RefusalChance))
            {
                _session.ToClient(() => Fail(new IOException("the broker refused a message")));
                return;
            }

            _world.Publish(position);
            _session.ToClient(() => Confirm(tag));
        });
        return ValueTask.CompletedTask;
    }

    public Task WhenConfirmedAsync(ulong tag, TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        if (_failure is not null) return Task.FromException(_failure);
        if (_confirmed >= tag) return Task.CompletedTask;
        var confirmed = new TaskCompletionSource();
        _waiter = (tag, confirmed);
        return confirmed.Task.WaitAsync(patience, time, cancellation);
    }

    public ValueTask DisposeAsync()
    {
        _session.Close();
        return ValueTask.CompletedTask;
    }

    private void Confirm(ulong tag)
    {
        _confirmed = tag;
        if (_confirmed >= _waiter?.Tag) _waiter.Value.Confirmed.TrySetResult();
    }

    private void Fail(Exception fault)
    {
        _failure ??= fault;
        _waiter?.Confirmed.TrySetException(fault);
    }
}
