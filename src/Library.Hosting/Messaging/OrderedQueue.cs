using RabbitMQ.Client;

namespace Library.Hosting.Messaging;

/// <summary>What the ordered queues have in common: quorum queues with a single active consumer and no effective delivery limit.</summary>
internal static class OrderedQueue
{
    private static readonly Dictionary<string, object?> ErrorArguments = new() { ["x-queue-type"] = "quorum" };

    public static Dictionary<string, object?> Arguments(string errorName) => new()
    {
        ["x-queue-type"] = "quorum",
        ["x-single-active-consumer"] = true,
        // Each lost channel counts against every prefetched message, so the limit must be out of reach. RabbitMQ 4 has one of 20 by
        // default, takes "off" (-1) by argument only, and 3.x reads a negative one as 0: the greatest integer means the same to both.
        ["x-delivery-limit"] = int.MaxValue,
        ["x-dead-letter-exchange"] = "",
        ["x-dead-letter-routing-key"] = errorName,
        // A dead letter is kept until the error queue has confirmed it (at-least-once dead-lettering); this strategy requires this overflow behaviour.
        ["x-dead-letter-strategy"] = "at-least-once",
        ["x-overflow"] = "reject-publish",
    };

    public static async Task DeclareAsync(IChannel channel, string name, string errorName, Dictionary<string, object?> arguments, CancellationToken cancellation)
    {
        await channel.QueueDeclareAsync(errorName, durable: true, exclusive: false, autoDelete: false, ErrorArguments, cancellationToken: cancellation);
        await channel.ExchangeDeclareAsync(name, ExchangeType.Fanout, durable: true, cancellationToken: cancellation);
        await channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: cancellation);
        await channel.QueueBindAsync(name, name, routingKey: "", cancellationToken: cancellation);
    }
}
