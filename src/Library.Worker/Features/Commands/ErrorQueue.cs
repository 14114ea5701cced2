using Library.Hosting.Messaging;
using RabbitMQ.Client;

namespace Library.Worker.Features.Commands;

/// <summary>Publishes a message unchanged to the error queue, with the reason in its headers, and waits for the broker's confirm.</summary>
internal sealed class ErrorQueue : IErrorQueue, IAsyncDisposable
{
    public const string ReasonHeader = "library-reason";

    private readonly IChannel _channel;

    private ErrorQueue(IChannel channel) => _channel = channel;

    public static async Task<ErrorQueue> OpenAsync(IConnection connection, CancellationToken cancellation) => new(await connection.CreateChannelAsync(
        new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellation));

    public async Task PutAsync(QueuedMessage message, string reason, CancellationToken cancellation)
    {
        var properties = new BasicProperties(message.Properties)
        {
            Persistent = true,
            Headers = new Dictionary<string, object?>(message.Properties.Headers ?? new Dictionary<string, object?>()) { [ReasonHeader] = reason },
        };
        await _channel.BasicPublishAsync("", CommandQueue.ErrorName, mandatory: true, properties, message.Body, cancellation);
    }

    public ValueTask DisposeAsync() => _channel.DisposeAsync();
}
