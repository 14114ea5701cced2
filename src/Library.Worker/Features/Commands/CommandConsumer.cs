using System.Threading.Channels;
using Library.Hosting.Messaging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Library.Worker.Features.Commands;

/// <summary>
/// Consumes the command queue in order, over a plain channel of the broker's own client. MassTransit's consumers were measured to lose
/// order between batches and at a graceful stop (docs/adr/0001).
/// </summary>
internal sealed class CommandConsumer : ICommandConsumer
{
    /// <summary>Commands that one transaction applies at most.</summary>
    public const int BatchSize = 500;

    /// <summary>Two batches: the next one is decoded while the first is being committed.</summary>
    private const ushort Prefetch = 2 * BatchSize;

    /// <summary>
    /// How long a consumer waits for a message. If a queue is deleted and immediately redeclared, the broker moves the consumer to it but loses
    /// track of it: it counts as the active consumer, receives nothing, and gets no notice. An idle consumer has nothing unacknowledged, so reopening
    /// it is harmless.
    /// </summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    private readonly Channel<QueuedMessage> _arrived = Channel.CreateUnbounded<QueuedMessage>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource _lost = new();
    private readonly IConnection _connection;
    private IChannel? _channel;
    private ErrorQueue? _errors;
    private ReplyChannel? _replies;

    private CommandConsumer(IConnection connection) => _connection = connection;

    public CancellationToken Lost => _lost.Token;

    public IErrorQueue Errors => _errors!;

    public static async Task<ICommandConsumer> OpenAsync(IConnectionFactory factory, CancellationToken cancellation)
    {
        var consumer = new CommandConsumer(await factory.CreateConnectionAsync("library-writer", cancellation));
        try
        {
            consumer._replies = await ReplyChannel.OpenAsync(factory, consumer.LoseAsync, cancellation);
            await consumer.ConsumeAsync(cancellation);
            return consumer;
        }
        catch
        {
            await consumer.DisposeAsync();
            throw;
        }
    }

    public async Task<IReadOnlyList<QueuedMessage>> NextBatchAsync(CancellationToken cancellation)
    {
        try
        {
            if (!await _arrived.Reader.WaitToReadAsync(cancellation).AsTask().WaitAsync(LongestWait, cancellation)) return [];
        }
        catch (TimeoutException)
        {
            return [];
        }

        var batch = new List<QueuedMessage>();
        while (batch.Count < BatchSize && _arrived.Reader.TryRead(out var message)) batch.Add(message);
        return batch;
    }

    public ValueTask AcknowledgeAsync(IReadOnlyList<QueuedMessage> batch) => _channel!.BasicAckAsync(batch[^1].Tag, multiple: true);

    public ValueTask ReplyAsync(BatchCommitted committed, CancellationToken cancellation) => _replies!.SendAsync(committed, cancellation);

    /// <summary>
    /// Closes the channel without cancelling the consumer first: at a cancel the queue would activate the next worker while this one still
    /// holds unacknowledged commands, and order would be lost.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (_errors is not null) await _errors.DisposeAsync();
        if (_channel is not null) await _channel.DisposeAsync();
        await _connection.DisposeAsync();
        if (_replies is not null) await _replies.DisposeAsync();
        _lost.Dispose();
    }

    private async Task ConsumeAsync(CancellationToken cancellation)
    {
        _errors = await ErrorQueue.OpenAsync(_connection, cancellation);
        _channel = await _connection.CreateChannelAsync(cancellationToken: cancellation);
        _channel.ChannelShutdownAsync += (_, _) => LoseAsync();
        await CommandQueue.DeclareAsync(_channel, cancellation);
        await _channel.BasicQosAsync(0, Prefetch, global: false, cancellation);
        var consumer = new AsyncEventingBasicConsumer(_channel);
        // The queue was deleted: the broker cancels the consumer, the channel stays open.
        consumer.UnregisteredAsync += (_, _) => LoseAsync();
        consumer.ReceivedAsync += (_, delivery) =>
        {
            _arrived.Writer.TryWrite(CommandDecoder.Decode(delivery.DeliveryTag, delivery.Body.ToArray(), new BasicProperties(delivery.BasicProperties)));
            return Task.CompletedTask;
        };
        await _channel.BasicConsumeAsync(CommandQueue.Name, autoAck: false, consumer, cancellation);
    }

    private async Task LoseAsync()
    {
        _arrived.Writer.TryComplete();
        try
        {
            await _lost.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // We are closing the consumer ourselves: nobody waits for it any more.
        }
    }
}
