using Library.Hosting.Events;
using System.Globalization;
using Library.Worker.Writing;
using RabbitMQ.Client;

namespace Library.Worker.Relay;

/// <summary>AMQP properties of an event: what MassTransit's consumers need, and the CloudEvents 1.0 attributes for everyone else.</summary>
internal static class EventMessage
{
    public static BasicProperties Properties(RelayedEvent relayed)
    {
        var id = relayed.EventId.ToString();
        var headers = new Dictionary<string, object?>
        {
            ["MT-MessageType"] = relayed.Type.Urn,
            ["cloudEvents:specversion"] = "1.0",
            ["cloudEvents:id"] = id,
            ["cloudEvents:source"] = "/v1/events",
            ["cloudEvents:type"] = relayed.Type.Name,
            ["cloudEvents:subject"] = EventType.PathOf(relayed.Type.StoredName, relayed.ResourceId),
            ["cloudEvents:time"] = relayed.OccurredAt.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            // The sequence extension: a string that sorts as the position does.
            ["cloudEvents:sequence"] = relayed.Position.ToString("D19", CultureInfo.InvariantCulture),
        };
        if (relayed.Headers.TraceParent is { } traceParent) headers["traceparent"] = traceParent;
        return new BasicProperties
        {
            MessageId = id,
            ContentType = "application/json",
            Persistent = true,
            Type = relayed.Type.Urn,
            Timestamp = new AmqpTimestamp(new DateTimeOffset(relayed.OccurredAt).ToUnixTimeSeconds()),
            Headers = headers,
        };
    }

    /// <summary>One durable fan-out for each event type: MassTransit's own names, for whoever wants to bind a queue.</summary>
    public static async Task DeclareExchangesAsync(IChannel channel, CancellationToken cancellation)
    {
        foreach (var type in EventType.All)
            await channel.ExchangeDeclareAsync(type.Exchange, ExchangeType.Fanout, durable: true, cancellationToken: cancellation);
    }
}
