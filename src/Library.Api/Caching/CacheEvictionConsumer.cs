using Library.Contracts.Events;
using MassTransit;

namespace Library.Api.Caching;

internal sealed class CacheEvictionConsumer(CacheEvictions evictions) : IConsumer<CatalogChange>
{
    public Task Consume(ConsumeContext<CatalogChange> context)
    {
        evictions.Apply(context.Message);
        return Task.CompletedTask;
    }
}

internal sealed class CacheEvictionConsumerDefinition : ConsumerDefinition<CacheEvictionConsumer>
{
    /// <summary>Enough for a burst; past it the oldest are dropped, which shows as a gap.</summary>
    private const int MaxLength = 10_000;

    private static readonly Type[] Events =
    [
        typeof(AuthorCreated), typeof(AuthorUpdated), typeof(AuthorDeleted), typeof(AuthorRestored),
        typeof(BookCreated), typeof(BookUpdated), typeof(BookDeleted), typeof(BookRestored),
        // Evicts nothing, but is a link of the chain by which a missed event is noticed.
        typeof(ImportCompleted),
    ];

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<CacheEvictionConsumer> consumerConfigurator, IRegistrationContext context)
    {
        endpointConfigurator.ConfigureConsumeTopology = false;
        endpointConfigurator.UseRawJsonDeserializer(RawSerializerOptions.AnyMessageType, isDefault: true);
        // One that cannot be read shows as a gap as well; an error queue an instance would outlive the instance.
        endpointConfigurator.DiscardFaultedMessages();
        endpointConfigurator.DiscardSkippedMessages();
        if (endpointConfigurator is not IRabbitMqReceiveEndpointConfigurator queue) return;
        queue.SetQueueArgument("x-max-length", MaxLength);
        queue.SetQueueArgument("x-overflow", "drop-head");
        foreach (var type in Events) queue.Bind($"{type.Namespace}:{type.Name}");
    }
}
