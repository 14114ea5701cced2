using Library.Contracts.Commands;
using MassTransit;
using RabbitMQ.Client;

namespace Library.Hosting.Messaging;

/// <summary>
/// The one ordered queue that all commands go through. Publisher and worker declare it from here, so that nothing is lost before the
/// first worker starts and no argument can differ between them (a differing one hangs a publisher: the name's version grows instead).
/// </summary>
public static class CommandQueue
{
    /// <summary>Exchange (durable fan-out) and queue (quorum, single active consumer).</summary>
    public const string Name = "catalog-commands.v1";

    /// <summary>Where messages go that can't be read or applied, with their reason in the headers.</summary>
    public const string ErrorName = Name + "_error";

    private static readonly Dictionary<string, object?> Arguments = new()
    {
        ["x-queue-type"] = "quorum",
        ["x-single-active-consumer"] = true,
        // Each lost channel counts against every prefetched command, so the limit must be out of reach. RabbitMQ 4 has one of 20 by
        // default, takes "off" (-1) by argument only, and 3.x reads a negative one as 0: the greatest integer means the same to both.
        ["x-delivery-limit"] = int.MaxValue,
        ["x-dead-letter-exchange"] = "",
        ["x-dead-letter-routing-key"] = ErrorName,
        // A dead letter is kept until the error queue has confirmed it; this strategy is only had with this overflow behaviour.
        ["x-dead-letter-strategy"] = "at-least-once",
        ["x-overflow"] = "reject-publish",
    };

    private static readonly Dictionary<string, object?> ErrorArguments = new() { ["x-queue-type"] = "quorum" };

    /// <summary>Makes the bus publish every command to the exchange, declaring it and the queue first.</summary>
    public static void ConfigurePublish(IRabbitMqBusFactoryConfigurator bus)
    {
        bus.Message<CatalogCommand>(message => message.SetEntityName(Name));
        bus.Publish<CatalogCommand>(publish => publish.BindQueue(Name, Name, queue =>
        {
            foreach (var (key, value) in Arguments) queue.SetQueueArgument(key, value);
        }));
    }

    /// <summary>Declares exchange, queue and error queue on a channel of the broker's own client.</summary>
    public static async Task DeclareAsync(IChannel channel, CancellationToken cancellation)
    {
        await channel.QueueDeclareAsync(ErrorName, durable: true, exclusive: false, autoDelete: false, ErrorArguments, cancellationToken: cancellation);
        await channel.ExchangeDeclareAsync(Name, RabbitMQ.Client.ExchangeType.Fanout, durable: true, cancellationToken: cancellation);
        await channel.QueueDeclareAsync(Name, durable: true, exclusive: false, autoDelete: false, Arguments, cancellationToken: cancellation);
        await channel.QueueBindAsync(Name, Name, routingKey: "", cancellationToken: cancellation);
    }
}
