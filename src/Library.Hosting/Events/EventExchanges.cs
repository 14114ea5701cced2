using RabbitMQ.Client;

namespace Library.Hosting.Events;

/// <summary>One durable fan-out for each event type: MassTransit's own names, for whoever wants to bind a queue.</summary>
public static class EventExchanges
{
    public static async Task DeclareAsync(IChannel channel, CancellationToken cancellation)
    {
        foreach (var type in EventType.All)
            await channel.ExchangeDeclareAsync(type.Exchange, ExchangeType.Fanout, durable: true, cancellationToken: cancellation);
    }
}
