using Library.Hosting.Events;

namespace Library.Worker.Features.Relay;

/// <summary>Opens a connection for taking the lead, without taking it.</summary>
internal delegate Task<IRelayLead> OpenRelayLead(CancellationToken cancellation);

/// <summary>
/// The relay's lead: a transaction that holds the lock on the position's row, so that a second worker finds no page while this one has it.
/// Disposing of it without storing a position changes nothing.
/// </summary>
internal interface IRelayLead : IAsyncDisposable
{
    /// <summary>Events per page; the position is stored after each page.</summary>
    int PageSize { get; }

    /// <summary>Takes the lead and reads the page behind the stored position.</summary>
    /// <returns>In position order. Empty: there is nothing to relay, or another worker leads.</returns>
    Task<IReadOnlyList<StoredEvent>> TakeAsync(CancellationToken cancellation);

    /// <summary>Reads ahead: the page after a position that is greater than the stored one.</summary>
    Task<IReadOnlyList<StoredEvent>> ReadAheadAsync(long after, CancellationToken cancellation);

    /// <summary>Stores a position up to which the broker has confirmed every event, takes the lead again, and reads ahead: all in one round trip.</summary>
    /// <returns>As of <see cref="TakeAsync"/>.</returns>
    Task<IReadOnlyList<StoredEvent>> StoreAndReadAheadAsync(long confirmed, long after, CancellationToken cancellation);

    /// <summary>Stores a position up to which the broker has confirmed every event, and gives up the lead.</summary>
    Task StoreAsync(long confirmed, CancellationToken cancellation);
}
