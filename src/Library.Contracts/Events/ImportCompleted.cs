namespace Library.Contracts.Events;

/// <summary>An import that has changed the catalog is through: each of its records was applied, found unchanged, or refused. The events of what it applied come before this one.</summary>
public sealed record ImportCompleted
{
    /// <summary>Names this event for good; the same on every delivery (AMQP message-id, CloudEvents <c>id</c>).</summary>
    public Guid EventId { get; init; }

    /// <summary>Place in the catalog's one sequence: greater than that of every event before it; there are gaps.</summary>
    public long Position { get; init; }

    /// <summary>Position of the event before this one, of whatever type; 0 before the first. A consumer of all types that sees it differ from its last position missed something.</summary>
    public long PreviousPosition { get; init; }

    /// <summary>When the event was written (UTC); never less than that of the event before.</summary>
    public DateTimeOffset OccurredAt { get; init; }

    /// <summary>Always null: an import is no operation.</summary>
    public Guid? OperationId { get; init; }

    /// <summary>The import.</summary>
    public Guid? ImportId { get; init; }

    /// <summary>Always null: it follows from no other event.</summary>
    public Guid? CausedBy { get; init; }

    /// <summary>The caller whose command or import this stems from; null: callers are not told apart.</summary>
    public string? Actor { get; init; }

    /// <summary>Always 1: an import is through once.</summary>
    public int Version { get; init; }

    /// <summary>The import as it ended.</summary>
    public required ImportState Import { get; init; }
}
