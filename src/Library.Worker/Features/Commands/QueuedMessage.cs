using Library.Hosting.Messaging;
using RabbitMQ.Client;

namespace Library.Worker.Features.Commands;

/// <summary>A message of the command queue, not yet acknowledged.</summary>
internal sealed record QueuedMessage
{
    /// <summary>Its place on the channel: tags are contiguous, in queue order.</summary>
    public required ulong Tag { get; init; }

    public required byte[] Body { get; init; }

    public required IReadOnlyBasicProperties Properties { get; init; }

    /// <summary>Null: it could not be read, and <see cref="Unreadable"/> says why.</summary>
    public PendingCommand? Command { get; init; }

    public string? Unreadable { get; init; }

    /// <summary>The command's operation id; for an unreadable message, its message-id. Null: the message-id is not a UUID.</summary>
    public Guid? OperationId => Command?.Command.OperationId ?? (Guid.TryParse(Properties.MessageId, out var id) ? id : null);

    /// <summary>Whether its publisher waits for the outcome.</summary>
    public bool IsAwaited => Properties.ReplyTo is not null;

    /// <summary>Set once it is committed, if a request waits for it.</summary>
    public DecidedOperation? Decided { get; set; }

    /// <summary>Set once the error queue has confirmed it, so that a retried batch does not send it there again.</summary>
    public bool IsDeadLettered { get; set; }
}
