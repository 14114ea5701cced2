using RabbitMQ.Client;

namespace Library.Worker.Relay;

/// <summary>
/// One channel that publishes in the order of the calls, with any number of confirms in flight. The client's own tracking would make each
/// publish wait for its confirm. For one user, which waits for one confirm at a time.
/// </summary>
internal sealed class ConfirmedChannel : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly ConfirmedTags _confirmed = new();
    private readonly IChannel _channel;
    private Exception? _failure;
    private (ulong Tag, TaskCompletionSource Confirmed)? _waiter;

    private ConfirmedChannel(IChannel channel)
    {
        _channel = channel;
        channel.BasicAcksAsync += (_, ack) => Confirm(ack.DeliveryTag, ack.Multiple);
        channel.BasicNacksAsync += (_, nack) => Fail(new IOException($"The broker refused message {nack.DeliveryTag} of the relay's channel."));
        channel.ChannelShutdownAsync += (_, shutdown) => Fail(new IOException($"The relay's channel was closed: {shutdown.ReplyText}"));
    }

    public static async Task<ConfirmedChannel> OpenAsync(IConnection connection, CancellationToken cancellation) => new(await connection.CreateChannelAsync(
        new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: false), cancellation));

    public IChannel Channel => _channel;

    /// <summary>Tag of the message that was published last; 0: none was.</summary>
    public ulong LastPublished { get; private set; }

    public ValueTask PublishAsync(string exchange, BasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        LastPublished++;
        return _channel.BasicPublishAsync(exchange, routingKey: "", mandatory: false, properties, body, cancellation);
    }

    /// <summary>Returns when the broker has confirmed this message and all before it.</summary>
    /// <exception cref="IOException">A message was refused, or the channel closed.</exception>
    /// <exception cref="TimeoutException">The confirms did not come in time.</exception>
    public Task WhenConfirmedAsync(ulong tag, TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_failure is not null) return Task.FromException(_failure);
            if (_confirmed.Last >= tag) return Task.CompletedTask;
            var confirmed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiter = (tag, confirmed);
            return confirmed.Task.WaitAsync(patience, time, cancellation);
        }
    }

    public ValueTask DisposeAsync() => _channel.DisposeAsync();

    private Task Confirm(ulong tag, bool multiple)
    {
        lock (_gate)
        {
            _confirmed.Confirm(tag, multiple);
            if (_confirmed.Last >= _waiter?.Tag) _waiter.Value.Confirmed.TrySetResult();
        }

        return Task.CompletedTask;
    }

    private Task Fail(Exception failure)
    {
        lock (_gate)
        {
            _failure ??= failure;
            _waiter?.Confirmed.TrySetException(failure);
        }

        return Task.CompletedTask;
    }
}
