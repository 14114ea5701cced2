using Library.Hosting.Messaging;

namespace Library.Worker.Features.Commands;

/// <summary>Becomes the active consumer of the command queue, or waits to become it.</summary>
internal delegate Task<ICommandConsumer> OpenCommandConsumer(CancellationToken cancellation);

/// <summary>An ordered consumer of the command queue. What is unacknowledged when it closes is redelivered, in order.</summary>
internal interface ICommandConsumer : IAsyncDisposable
{
    /// <summary>Cancelled when the channel is lost: unacknowledged messages will be redelivered, to this worker or to another.</summary>
    CancellationToken Lost { get; }

    IErrorQueue Errors { get; }

    /// <summary>Waits for a message, then takes all that have arrived, up to a batch. Empty: the consumer was lost, or was idle for so long that it must be reopened.</summary>
    Task<IReadOnlyList<QueuedMessage>> NextBatchAsync(CancellationToken cancellation);

    /// <summary>Acknowledges the batch, and all before it.</summary>
    ValueTask AcknowledgeAsync(IReadOnlyList<QueuedMessage> batch);

    /// <summary>Notifies the API instances, without publisher confirm.</summary>
    ValueTask ReplyAsync(BatchCommitted committed, CancellationToken cancellation);
}
