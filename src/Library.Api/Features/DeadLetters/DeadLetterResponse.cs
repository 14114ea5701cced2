namespace Library.Api.Features.DeadLetters;

/// <summary>A message that the writer could not read or apply, and dead-lettered.</summary>
internal sealed record DeadLetterResponse
{
    /// <summary>The letter's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The operation that the message stands for; left out where it names none.</summary>
    public Guid? OperationId { get; init; }

    /// <summary>The AMQP message id; left out where the message has none.</summary>
    public string? MessageId { get; init; }

    /// <summary>Why it was dead-lettered.</summary>
    public required string Reason { get; init; }

    /// <summary>When it was taken off the error queue (UTC).</summary>
    public required DateTime ReceivedAt { get; init; }

    /// <summary>Length of the body in bytes.</summary>
    public required int BodyBytes { get; init; }

    /// <summary>The first 4,096 bytes of the body, as UTF-8.</summary>
    public required string Body { get; init; }

    /// <summary>The message's headers, as text.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The operation that its replay made; left out while it has not been replayed.</summary>
    public Guid? ReplayedAs { get; init; }
}
