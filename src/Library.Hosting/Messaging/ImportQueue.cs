using MassTransit;
using RabbitMQ.Client;

namespace Library.Hosting.Messaging;

/// <summary>The ordered queue of imports, which run one at a time. Publisher and worker declare it with this code.</summary>
public static class ImportQueue
{
    /// <summary>Exchange (durable fan-out) and queue (quorum, single active consumer).</summary>
    public const string Name = "catalog-imports.v1";

    /// <summary>The error queue: messages that cannot be read.</summary>
    public const string ErrorName = Name + "_error";

    private static readonly Dictionary<string, object?> Arguments = OrderedQueue.Arguments(ErrorName);

    /// <summary>Makes the bus publish announcements to the exchange, declaring it and the queue first.</summary>
    public static void ConfigurePublish(IRabbitMqBusFactoryConfigurator bus)
    {
        bus.Message<ApplyImport>(message => message.SetEntityName(Name));
        bus.Publish<ApplyImport>(publish => publish.BindQueue(Name, Name, queue =>
        {
            foreach (var (key, value) in Arguments) queue.SetQueueArgument(key, value);
        }));
    }

    /// <summary>Declares exchange, queue and error queue on a channel of the broker's own client.</summary>
    public static Task DeclareAsync(IChannel channel, CancellationToken cancellation) => OrderedQueue.DeclareAsync(channel, Name, ErrorName, Arguments, cancellation);
}
