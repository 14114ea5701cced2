using Library.Contracts.Commands;

namespace Library.Api.Infrastructure.Commands;

/// <summary>Everything that this host needs from the broker. Each call completes when the broker has confirmed.</summary>
internal interface ICommandBus
{
    /// <summary>False: the broker returned the message as unroutable.</summary>
    Task<bool> TryPublishAsync(CatalogCommand command, CancellationToken cancellation);

    Task DeclareQueueAsync(CancellationToken cancellation);

    /// <summary>Publishes a message without effect, to learn whether the broker confirms.</summary>
    Task ProbeAsync(CancellationToken cancellation);
}
