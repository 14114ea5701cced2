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

    /// <summary>A durable, replicated queue. If a message is lost anyway, the sweep finds its cascade.</summary>
    public static void OneAuthorAtATime(IReceiveEndpointConfigurator endpoint)
    {
        endpoint.ConcurrentMessageLimit = 1;
        endpoint.PrefetchCount = 4;
        if (endpoint is IRabbitMqReceiveEndpointConfigurator queue) queue.SetQuorumQueue();
    }
}
