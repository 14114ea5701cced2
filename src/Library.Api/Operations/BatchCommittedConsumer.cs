using Library.Hosting.Messaging;
using MassTransit;

namespace Library.Api.Operations;

/// <summary>Ends the waits of this instance.</summary>
internal sealed class BatchCommittedConsumer(OperationWaiters waiters) : IConsumer<BatchCommitted>
{
    public Task Consume(ConsumeContext<BatchCommitted> context)
    {
        waiters.Complete(context.Message.OperationIds);
        return Task.CompletedTask;
    }
}

internal sealed class BatchCommittedConsumerDefinition : ConsumerDefinition<BatchCommittedConsumer>
{
    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<BatchCommittedConsumer> consumerConfigurator, IRegistrationContext context)
    {
        // A word that cannot be read costs a waiter its time only; an error queue an instance would outlive the instance.
        endpointConfigurator.DiscardFaultedMessages();
        endpointConfigurator.DiscardSkippedMessages();
    }
}
