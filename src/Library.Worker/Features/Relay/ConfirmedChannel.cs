using Library.Hosting.Events;
using RabbitMQ.Client;

namespace Library.Worker.Features.Relay;

/// <summary>
/// A connection with one channel. It does not use the client's tracking of confirms, with which each publish would wait for its confirm.
/// </summary>
internal sealed class ConfirmedChannel : IEventChannel
{
    private readonly Lock _gate = new();
    private readonly ConfirmedTags _confirmed = new();
    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private Exception? _failure;
    private (ulong Tag, TaskCompletionSource Confirmed)? _waiter;

    private ConfirmedChannel(IConnection connection, IChannel channel)
    {
        _connection = connection;
        _channel = channel;
        channel.BasicAcksAsync += (_, ack) => Confirm(ack.DeliveryTag, ack.Multiple);
        channel.BasicNacksAsync += (_, nack) => Fail(new IOException($"The broker refused message {nack.DeliveryTag} of the relay's channel."));
        channel.ChannelShutdownAsync += (_, shutdown) => Fail(new IOException($"The relay's channel was closed: {shutdown.ReplyText}"));
    }

    public static async Task<IEventChannel> OpenAsync(IConnectionFactory broker, CancellationToken cancellation)
    {
        var connection = await broker.CreateConnectionAsync("library-relay", cancellation);
        try
        {
            var channel = await connection.CreateChannelAsync(
                new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: false), cancellation);
            await EventExchanges.DeclareAsync(channel, cancellation);
            return new ConfirmedChannel(connection, channel);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public ulong LastPublished { get; private set; }

    public ValueTask PublishAsync(string exchange, BasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        LastPublished++;
        return _channel.BasicPublishAsync(exchange, routingKey: "", mandatory: false, properties, body, cancellation);
    }

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

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }

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
