namespace Library.Worker.Features.Commands;

/// <summary>Where messages go that can't be read or applied, for an operator to look at.</summary>
internal interface IErrorQueue
{
    /// <summary>Returns when the broker has confirmed the message.</summary>
    Task PutAsync(QueuedMessage message, string reason, CancellationToken cancellation);
}
