using Library.Contracts.Events;
using MassTransit;

namespace Library.Worker.Authors.Cascade;

/// <summary>Starts the cascade when an author was deleted.</summary>
internal sealed class AuthorDeletionCascadeConsumer(DeletionCascade cascade) : IConsumer<AuthorDeleted>
{
    public Task Consume(ConsumeContext<AuthorDeleted> context) =>
        cascade.RunAsync(context.Message.Author.Id, context.Message.Position, context.CancellationToken);
}

/// <summary>Its queue: durable and replicated, one author at a time. A cascade whose message is lost all the same is found by the sweep.</summary>
internal sealed class AuthorDeletionCascadeConsumerDefinition : ConsumerDefinition<AuthorDeletionCascadeConsumer>
{
    public AuthorDeletionCascadeConsumerDefinition() => EndpointName = "author-deletion-cascade";

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<AuthorDeletionCascadeConsumer> consumerConfigurator, IRegistrationContext context)
    {
        endpointConfigurator.ConcurrentMessageLimit = 1;
        endpointConfigurator.PrefetchCount = 4;
        if (endpointConfigurator is IRabbitMqReceiveEndpointConfigurator rabbit) rabbit.SetQuorumQueue();
    }
}
