using Library.Contracts;

namespace Library.Api.Infrastructure.Operations;

/// <summary>The status and outcome of a command.</summary>
internal sealed record OperationResponse
{
    /// <summary>The operation's id, as in Operation-Location.</summary>
    public required Guid Id { get; init; }

    /// <summary>pending (accepted, not decided yet), succeeded or refused.</summary>
    public required string Status { get; init; }

    /// <summary>author or book; left out while the operation is pending and asked for by its id.</summary>
    public string? Resource { get; init; }

    /// <summary>Id of the author or book.</summary>
    public Guid? ResourceId { get; init; }

    /// <summary>The resource's version after the operation.</summary>
    public int? Version { get; init; }

    /// <summary>Position of the operation's last event in the catalog's one sequence; send it as Library-Min-Position to read no older state.</summary>
    public long? Position { get; init; }

    /// <summary>When the command was accepted (UTC).</summary>
    public required DateTime AcceptedAt { get; init; }

    /// <summary>When it was decided (UTC).</summary>
    public DateTime? CompletedAt { get; init; }

    /// <summary>Why it was refused.</summary>
    public Problem? Problem { get; init; }

    /// <summary>Of an author's restoration: the books that were changed since the deletion and so left as they are. Filled once the restoration is through.</summary>
    public LeftBooks? Left { get; init; }

    /// <summary>The operation that this one replays, after its message had been dead-lettered.</summary>
    public Guid? ReplayOf { get; init; }
}

/// <summary>Books that a restoration left as they are.</summary>
internal sealed record LeftBooks
{
    /// <summary>How many.</summary>
    public required int Count { get; init; }

    /// <summary>The first hundred of them.</summary>
    public required IReadOnlyList<Guid> Ids { get; init; }
}

internal static class OperationStatus
{
    public const string Pending = "pending";
    public const string Succeeded = "succeeded";
    public const string Refused = "refused";
}
