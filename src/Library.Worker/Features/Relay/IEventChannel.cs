using RabbitMQ.Client;

namespace Library.Worker.Features.Relay;

/// <summary>Opens a channel and declares the exchange of every event type.</summary>
internal delegate Task<IEventChannel> OpenEventChannel(CancellationToken cancellation);

/// <summary>Publishes in the order of the calls, with any number of confirms in flight. For one user, which waits for one confirm at a time.</summary>
internal interface IEventChannel : IAsyncDisposable
{
    /// <summary>Tag of the message that was published last; 0: none was.</summary>
    ulong LastPublished { get; }

    ValueTask PublishAsync(string exchange, BasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancellation);

    /// <summary>Returns when the broker has confirmed this message and all before it.</summary>
    /// <exception cref="IOException">A message was refused, or the channel closed.</exception>
    /// <exception cref="TimeoutException">The confirms did not come in time.</exception>
    Task WhenConfirmedAsync(ulong tag, TimeSpan patience, TimeProvider time, CancellationToken cancellation);
}
