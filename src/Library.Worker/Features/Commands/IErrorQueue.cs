namespace Library.Worker.Features.Commands;

/// <summary>The error queue, for messages that cannot be read or applied; an operator inspects them.</summary>
internal interface IErrorQueue
{
    /// <summary>Returns when the broker has confirmed the message.</summary>
    Task PutAsync(QueuedMessage message, string reason, CancellationToken cancellation);
}
