using RabbitMQ.Client;

namespace Library.Hosting.Events;

/// <summary>One durable fanout exchange for each event type, named as MassTransit does, to which any consumer can bind a queue.</summary>
public static class EventExchanges
{
    public static async Task DeclareAsync(IChannel channel, CancellationToken cancellation)
    {
        foreach (var type in EventType.All)
            await channel.ExchangeDeclareAsync(type.Exchange, ExchangeType.Fanout, durable: true, cancellationToken: cancellation);
    }
}
