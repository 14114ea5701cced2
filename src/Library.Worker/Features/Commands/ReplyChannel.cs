using Library.Hosting.Messaging;
using RabbitMQ.Client;

namespace Library.Worker.Features.Commands;

/// <summary>
/// Sends the commit notifications to the API instances. It has its own connection: a broker with a memory alarm stops reading from connections
/// that publish, and the consumer's acknowledgements must still get through.
/// </summary>
internal sealed class ReplyChannel : IAsyncDisposable
{
    private static readonly BasicProperties Properties = new() { ContentType = CommandEnvelope.ContentType };

    private readonly IConnection _connection;
    private readonly IChannel _channel;

    private ReplyChannel(IConnection connection, IChannel channel) => (_connection, _channel) = (connection, channel);

    /// <param name="lost">Called when the channel is lost.</param>
    public static async Task<ReplyChannel> OpenAsync(IConnectionFactory factory, Func<Task> lost, CancellationToken cancellation)
    {
        var connection = await factory.CreateConnectionAsync("library-replies", cancellation);
        try
        {
            var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
            await CommittedExchange.DeclareAsync(channel, cancellation);
            channel.ChannelShutdownAsync += (_, _) => lost();
            return new ReplyChannel(connection, channel);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public ValueTask SendAsync(BatchCommitted committed, CancellationToken cancellation) =>
        _channel.BasicPublishAsync(CommittedExchange.Name, routingKey: "", mandatory: false, Properties, CommittedExchange.Write(committed), cancellation);

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
