using MassTransit;

namespace Library.Worker.Features.Cascades;

internal static class CascadeSetup
{
    public static void AddCascade(this IBusRegistrationConfigurator bus)
    {
        bus.AddSingleton<CascadePages>();
        bus.AddSingleton<DeletionCascade>();
        bus.AddSingleton<RestorationCascade>();
        bus.AddHostedService<CascadeSweep>();
        bus.AddConsumer<AuthorDeletionCascadeConsumer, AuthorDeletionCascadeConsumerDefinition>();
        bus.AddConsumer<AuthorRestorationConsumer, AuthorRestorationConsumerDefinition>();
    }

    /// <summary>A durable, replicated queue. A cascade whose message is lost all the same is found by the sweep.</summary>
    public static void OneAuthorAtATime(IReceiveEndpointConfigurator endpoint)
    {
        endpoint.ConcurrentMessageLimit = 1;
        endpoint.PrefetchCount = 4;
        if (endpoint is IRabbitMqReceiveEndpointConfigurator queue) queue.SetQuorumQueue();
    }
}
