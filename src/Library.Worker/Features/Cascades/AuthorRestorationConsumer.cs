using Library.Contracts.Events;
using MassTransit;

namespace Library.Worker.Features.Cascades;

/// <summary>Starts the restoration of an author's books when the author was restored.</summary>
internal sealed class AuthorRestorationConsumer(RestorationCascade cascade) : IConsumer<AuthorRestored>
{
    public Task Consume(ConsumeContext<AuthorRestored> context) =>
        cascade.RunAsync(context.Message.Author.Id, context.Message.Position, context.CancellationToken);
}

internal sealed class AuthorRestorationConsumerDefinition : ConsumerDefinition<AuthorRestorationConsumer>
{
    public AuthorRestorationConsumerDefinition() => EndpointName = "author-restoration";

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<AuthorRestorationConsumer> consumerConfigurator, IRegistrationContext context) =>
        CascadeSetup.OneAuthorAtATime(endpointConfigurator);
}
