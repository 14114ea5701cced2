using Library.Contracts.Events;
using MassTransit;

namespace Library.Worker.Features.Cascades;

/// <summary>Starts the cascade when an author was deleted.</summary>
internal sealed class AuthorDeletionCascadeConsumer(DeletionCascade cascade) : IConsumer<AuthorDeleted>
{
    public Task Consume(ConsumeContext<AuthorDeleted> context) =>
        cascade.RunAsync(context.Message.Author.Id, context.Message.Position, context.CancellationToken);
}

internal sealed class AuthorDeletionCascadeConsumerDefinition : ConsumerDefinition<AuthorDeletionCascadeConsumer>
{
    public AuthorDeletionCascadeConsumerDefinition() => EndpointName = "author-deletion-cascade";

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<AuthorDeletionCascadeConsumer> consumerConfigurator, IRegistrationContext context) =>
        CascadeSetup.OneAuthorAtATime(endpointConfigurator);
}
