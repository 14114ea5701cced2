using Library.Api.Caching;
using Library.Hosting.Messaging;
using MassTransit;

namespace Library.Api.Commands;

internal static class CommandsModule
{
    /// <summary>Publishing of commands, and this instance's queue of the events that empty the cache.</summary>
    public static void AddCommands(this WebApplicationBuilder builder)
    {
        // Names this process among the instances, on the broker only.
        var instance = Guid.CreateVersion7().ToString("N");
        builder.Services.AddMessaging(builder.Configuration, bus =>
        {
            bus.AddConsumer<CacheEvictionConsumer, CacheEvictionConsumerDefinition>().Endpoint(queue =>
            {
                queue.Name = "cache-eviction";
                queue.InstanceId = instance;
                queue.Temporary = true;
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
}
