using Library.Contracts.Commands;
using Library.Hosting.Messaging;
using RabbitMQ.Client;

namespace Library.Bench;

/// <summary>Puts commands into a vhost's command queue, as the API does.</summary>
internal sealed class CommandFeed : IAsyncDisposable
{
    /// <summary>Published at once, so in no order among themselves; each window comes behind the one before.</summary>
    public const int Window = 256;

    private readonly IConnection _connection;
    private readonly IChannel _channel;

    private CommandFeed(IConnection connection, IChannel channel) => (_connection, _channel) = (connection, channel);

    public static async Task<CommandFeed> StartAsync(Uri vhost)
    {
        var connection = await new ConnectionFactory { Uri = vhost }.CreateConnectionAsync();
        var channel = await connection.CreateChannelAsync(new CreateChannelOptions(
            publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null));
        await CommandQueue.DeclareAsync(channel, CancellationToken.None);
        return new CommandFeed(connection, channel);
    }

    public async Task PublishAsync(IReadOnlyList<CatalogCommand> commands)
    {
        foreach (var window in commands.Chunk(Window)) await Task.WhenAll(window.Select(PublishAsync));
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private Task PublishAsync(CatalogCommand command)
    {
        var properties = new BasicProperties { MessageId = command.OperationId.ToString(), ContentType = CommandEnvelope.ContentType, Persistent = true };
        return _channel.BasicPublishAsync(CommandQueue.Name, routingKey: "", mandatory: true, properties, CommandEnvelope.Write(command)).AsTask();
    }
}
