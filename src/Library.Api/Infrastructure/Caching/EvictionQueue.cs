using System.Text.Json;
using Library.Api.Infrastructure.Messaging;
using Library.Hosting.Events;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Library.Api.Infrastructure.Caching;

/// <summary>
/// This instance's queue of the catalog's events, which evict entries from its cache. It uses the broker's own client (docs/adr/0009): every
/// instance receives every event, so the cost of an event multiplies with the number of instances.
/// </summary>
internal sealed partial class EvictionQueue(IConnectionFactory broker, CacheEvictions evictions, TimeProvider time, ILogger<EvictionQueue> log) : BrokerService(time, log)
{
    /// <summary>Enough for a burst; past it the oldest are dropped, which shows as a gap.</summary>
    private const int MaxLength = 10_000;

    private const ushort Prefetch = 500;

    /// <summary>The rest is deleted with the queue: nothing in it is ever redelivered.</summary>
    private const int AcknowledgedTogether = 100;

    private static readonly Dictionary<string, object?> Arguments = new() { ["x-max-length"] = MaxLength, ["x-overflow"] = "drop-head" };

    private readonly ILogger _log = log;

    /// <summary>Whether this instance receives events.</summary>
    public bool IsBound { get; private set; }

    protected override async Task KeepOpenAsync(CancellationToken stopping)
    {
        await using var connection = await broker.CreateConnectionAsync("library-cache", stopping);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: stopping);
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        channel.ChannelShutdownAsync += (_, _) => LoseAsync();
        var queue = $"cache-eviction-{Guid.CreateVersion7():N}";
        await channel.QueueDeclareAsync(queue, durable: false, exclusive: true, autoDelete: true, Arguments, cancellationToken: stopping);
        await EventExchanges.DeclareAsync(channel, stopping);
        // Binds to all event types: an event that evicts nothing is still needed to detect a gap.
        foreach (var type in EventType.All) await channel.QueueBindAsync(queue, type.Exchange, routingKey: "", cancellationToken: stopping);
        // Whatever was published while there was no queue is lost for this instance.
        evictions.Reset();
        await channel.BasicQosAsync(0, Prefetch, global: false, stopping);
        await channel.BasicConsumeAsync(queue, autoAck: false, Consumer(channel, LoseAsync), stopping);
        try
        {
            IsBound = true;
            await lost.Task.WaitAsync(stopping);
        }
        finally
        {
            // Done here and not when the channel is lost, since that may happen before the queue is bound.
            IsBound = false;
        }

        Task LoseAsync()
        {
            lost.TrySetResult();
            return Task.CompletedTask;
        }
    }

    /// <summary>One event after another: each is compared with the one before it.</summary>
    private AsyncEventingBasicConsumer Consumer(IChannel channel, Func<Task> ended)
    {
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.UnregisteredAsync += (_, _) => ended();
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            if (Read(delivery.Body.Span) is { } change) evictions.Apply(change);
            if (delivery.DeliveryTag % AcknowledgedTogether == 0) await channel.BasicAckAsync(delivery.DeliveryTag, multiple: true);
        };
        return consumer;
    }

    /// <summary>Null: what cannot be read is passed over, and shows as a gap behind the next.</summary>
    private CatalogChange? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, CatalogChangeJson.Default.CatalogChange);
        }
        catch (JsonException fault)
        {
            LogUnreadable(fault);
            return null;
        }
    }

    [LoggerMessage(301, LogLevel.Warning, "An event cannot be read and is skipped")]
    private partial void LogUnreadable(Exception fault);
}
