using Library.Contracts.Commands;

namespace Library.Api.Infrastructure.Commands;

/// <summary>All that this host asks of the broker. Each call ends when the broker has confirmed.</summary>
internal interface ICommandBus
{
    /// <summary>False: the broker returned it, because no queue was there to take it.</summary>
    Task<bool> TryPublishAsync(CatalogCommand command, CancellationToken cancellation);

    Task DeclareQueueAsync(CancellationToken cancellation);

    /// <summary>Publishes what has no effect, to learn whether the broker confirms.</summary>
    Task ProbeAsync(CancellationToken cancellation);
}
