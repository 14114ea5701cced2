using Library.Api.Caching;
using Library.Api.Operations;
using Library.Hosting.Messaging;
using MassTransit;

namespace Library.Api.Commands;

internal static class CommandsModule
{
    /// <summary>Publishing of commands, and this instance's two queues: the words that end waits, the events that empty the cache.</summary>
    public static void AddCommands(this WebApplicationBuilder builder)
    {
        // Names this process among the instances, on the broker only.
        var instance = Guid.CreateVersion7().ToString("N");
        builder.Services.AddMessaging(builder.Configuration, bus =>
        {
            bus.AddConsumer<BatchCommittedConsumer, BatchCommittedConsumerDefinition>().Endpoint(queue => Temporary(queue, "operation-waits", instance));
            bus.AddConsumer<CacheEvictionConsumer, CacheEvictionConsumerDefinition>().Endpoint(queue =>
            {
                Temporary(queue, "cache-eviction", instance);
                // Each event is compared with the one before it, so order counts. Set here: what a definition says is lost beside a name of its own.
                queue.ConcurrentMessageLimit = 1;
                queue.PrefetchCount = 500;
            });
        });
        builder.Services.AddReceiveEndpointObserver<EvictionQueueObserver>();
        builder.Services.AddSingleton<CommandChannel>();
        builder.Services.AddSingleton<ICommandBus>(services => services.GetRequiredService<CommandChannel>());
        builder.Services.AddHostedService(services => services.GetRequiredService<CommandChannel>());
        builder.Services.AddSingleton<PublishGate>();
        builder.Services.AddSingleton<CommandPublisher>();
        builder.Services.AddSingleton<CommandSender>();
        builder.Services.AddSingleton<CommandSlots>();
        builder.Services.AddSingleton<IdempotencyKeys>();
        builder.Services.AddHostedService<PublishGateProbe>();
    }

    private static void Temporary(IEndpointRegistrationConfigurator queue, string name, string instance)
    {
        queue.Name = name;
        queue.InstanceId = instance;
        queue.Temporary = true;
    }
}
