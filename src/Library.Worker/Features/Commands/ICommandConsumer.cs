using Library.Hosting.Messaging;

namespace Library.Worker.Features.Commands;

/// <summary>Takes the active place at the command queue, or waits for it.</summary>
internal delegate Task<ICommandConsumer> OpenCommandConsumer(CancellationToken cancellation);

/// <summary>The ordered way out of the command queue. What was not acknowledged when it closes is redelivered, in order.</summary>
internal interface ICommandConsumer : IAsyncDisposable
{
    /// <summary>Cancelled when the channel is gone: what was delivered will be redelivered, to this worker or to another.</summary>
    CancellationToken Lost { get; }

    IErrorQueue Errors { get; }

    /// <summary>Waits for a message, then takes all that are there, up to a batch. Empty: the consumer is lost, or nothing came for so long that it is to be opened anew.</summary>
    Task<IReadOnlyList<QueuedMessage>> NextBatchAsync(CancellationToken cancellation);

    /// <summary>Acknowledges the batch, and all before it.</summary>
    ValueTask AcknowledgeAsync(IReadOnlyList<QueuedMessage> batch);

    /// <summary>Tells the API instances. Not confirmed.</summary>
    ValueTask ReplyAsync(BatchCommitted committed, CancellationToken cancellation);
}
