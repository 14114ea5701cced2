using System.Buffers;
using Library.Hosting.Events;
using RabbitMQ.Client;

namespace Library.Worker.Features.Relay;

/// <summary>AMQP properties of an event: those that MassTransit's consumers need, and the CloudEvents 1.0 attributes for all other consumers.</summary>
internal static class EventMessage
{
    public static BasicProperties Properties(StoredEvent relayed, EventType type)
    {
        var id = relayed.EventId.ToString();
        var headers = new Dictionary<string, object?>
        {
            ["MT-MessageType"] = type.Urn,
            ["cloudEvents:specversion"] = CloudEvents.SpecVersion,
            ["cloudEvents:id"] = id,
            ["cloudEvents:source"] = CloudEvents.Source,
            ["cloudEvents:type"] = type.Name,
            ["cloudEvents:subject"] = relayed.Subject,
            ["cloudEvents:time"] = CloudEvents.TimeOf(relayed),
            ["cloudEvents:sequence"] = CloudEvents.SequenceOf(relayed),
        };
        if (relayed.Headers.TraceParent is { } traceParent) headers["traceparent"] = traceParent;
        return new BasicProperties
        {
            MessageId = id,
            ContentType = "application/json",
            Persistent = true,
            Type = type.Urn,
            Timestamp = new AmqpTimestamp(new DateTimeOffset(relayed.OccurredAt).ToUnixTimeSeconds()),
            Headers = headers,
        };
    }

    public static ReadOnlyMemory<byte> Body(StoredEvent relayed)
    {
        var body = new ArrayBufferWriter<byte>(relayed.Data.Length + 400);
        relayed.WriteTo(body);
        return body.WrittenMemory;
    }
}
