using RabbitMQ.Client;

namespace Library.Worker.Relay;

/// <summary>
/// One channel that publishes in the order of the calls, with any number of confirms in flight. The client's own tracking would make each
/// publish wait for its confirm.
/// </summary>
internal sealed class ConfirmedChannel : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly HashSet<ulong> _unconfirmed = [];
    private readonly IChannel _channel;
    private ulong _published;
    private Exception? _failure;
    private TaskCompletionSource? _waiter;

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

    public ValueTask PublishAsync(string exchange, BasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        lock (_gate) _unconfirmed.Add(++_published);
        return _channel.BasicPublishAsync(exchange, routingKey: "", mandatory: false, properties, body, cancellation);
    }

    /// <summary>Returns when the broker has confirmed all that was published.</summary>
    /// <exception cref="IOException">A message was refused, or the channel closed.</exception>
    /// <exception cref="TimeoutException">The confirms did not come in time.</exception>
    public Task WhenAllConfirmedAsync(TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_failure is not null) return Task.FromException(_failure);
            if (_unconfirmed.Count == 0) return Task.CompletedTask;
            _waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _waiter.Task.WaitAsync(patience, time, cancellation);
        }
    }

    public ValueTask DisposeAsync() => _channel.DisposeAsync();

    private Task Confirm(ulong tag, bool multiple)
    {
        lock (_gate)
        {
            if (multiple) _unconfirmed.RemoveWhere(published => published <= tag);
            else _unconfirmed.Remove(tag);
            if (_unconfirmed.Count == 0) _waiter?.TrySetResult();
        }

        return Task.CompletedTask;
    }

    private Task Fail(Exception failure)
    {
        lock (_gate)
        {
            _failure ??= failure;
            _waiter?.TrySetException(failure);
        }

        return Task.CompletedTask;
    }
}
