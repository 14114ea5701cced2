using Library.Contracts;

namespace Library.Hosting.Messaging;

/// <summary>
/// The commit notification: informs all API instances that these operations are committed, which ends their waits. Transient and
/// internal; a lost one only delays a waiting request, which reads the outcome's row when its wait ends.
/// </summary>
public sealed record BatchCommitted
{
    public required IReadOnlyList<Guid> OperationIds { get; init; }

    /// <summary>Outcomes of the operations that a request waits for, as far as they fit; the others are read from their rows.</summary>
    public IReadOnlyList<DecidedOperation>? Decided { get; init; }
}

/// <summary>An operation's row as it was committed, and the resource as the operation left it.</summary>
public sealed record DecidedOperation
{
    public required Guid Id { get; init; }

    public string? Resource { get; init; }

    public Guid? ResourceId { get; init; }

    /// <summary>One of <see cref="Operations.Effects"/>; null: refused.</summary>
    public string? Effect { get; init; }

    public int? Version { get; init; }

    public required long Position { get; init; }

    public required DateTime AcceptedAt { get; init; }

    public required DateTime CompletedAt { get; init; }

    public Problem? Problem { get; init; }

    /// <summary>The owner of the operation; null: no particular caller.</summary>
    public string? Caller { get; init; }

    /// <summary>Null: the resource is no author, or is not there any more.</summary>
    public AuthorState? Author { get; init; }

    /// <summary>Null: the resource is no book, or is not there any more.</summary>
    public BookState? Book { get; init; }
}
