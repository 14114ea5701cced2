namespace Library.Contracts.Events;

/// <summary>At least one field of an author changed.</summary>
public sealed record AuthorUpdated
{
    /// <summary>Names this event for good; the same on every delivery (AMQP message-id, CloudEvents <c>id</c>).</summary>
    public Guid EventId { get; init; }

    /// <summary>Place in the catalog's one sequence: greater than that of every event before it; there are gaps.</summary>
    public long Position { get; init; }

    /// <summary>Position of the event before this one, of whatever type; 0 before the first. A consumer of all types that sees it differ from its last position missed something.</summary>
    public long PreviousPosition { get; init; }

    /// <summary>When the event was written (UTC); never less than that of the event before.</summary>
    public DateTimeOffset OccurredAt { get; init; }

    /// <summary>The operation that this event stems from; null when it stems from an import.</summary>
    public Guid? OperationId { get; init; }

    /// <summary>The import that this event stems from; null when it stems from an operation.</summary>
    public Guid? ImportId { get; init; }

    /// <summary>Id of the event that this one follows from (a cascade's <c>AuthorDeleted</c>, say); null: none.</summary>
    public Guid? CausedBy { get; init; }

    /// <summary>The caller whose command or import this stems from; null: callers are not told apart.</summary>
    public string? Actor { get; init; }

    /// <summary>The author's version: 1 on its first event, one more with each later one, its deletion included; never restarts.</summary>
    public int Version { get; init; }

    /// <summary>The author as it is from this event on.</summary>
    public required AuthorState Author { get; init; }

    /// <summary>JSON names of the fields that this event changed; at least one.</summary>
    public required IReadOnlyList<string> Changed { get; init; }
}
