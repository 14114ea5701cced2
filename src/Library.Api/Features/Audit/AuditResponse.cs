namespace Library.Api.Features.Audit;

/// <summary>A page of the self-audit. All four counts are 0 in a sound catalog.</summary>
internal sealed record AuditResponse
{
    private const int MaxOffenders = 100;

    /// <summary>Authors and books that this page looked at, deleted ones included.</summary>
    public required long Resources { get; init; }

    /// <summary>Events that this page looked at.</summary>
    public required long Events { get; init; }

    /// <summary>Operations that this page looked at.</summary>
    public required long Operations { get; init; }

    /// <summary>Something that was committed is missing: an event, an outcome, a row or a document.</summary>
    public required long Lost { get; init; }

    /// <summary>Operations that had their effect more than once.</summary>
    public required long Duplicated { get; init; }

    /// <summary>Rows, links, documents or outcomes that say something else than the events.</summary>
    public required long Drifted { get; init; }

    /// <summary>Rows, links or documents that no event accounts for.</summary>
    public required long Orphaned { get; init; }

    /// <summary>Deleted authors whose books have not all followed yet: no fault.</summary>
    public required long Pending { get; init; }

    /// <summary>The first hundred findings of this page.</summary>
    public required IReadOnlyList<AuditFinding> Offenders { get; init; }

    /// <summary>Where the catalog as a whole stands; on the last page only.</summary>
    public AuditSummary? Summary { get; init; }

    /// <summary>All events up to this position were looked at, together with the pages before: since of the next run. On the last page only.</summary>
    public long? Position { get; init; }

    /// <summary>Cursor of the next page, for the parameter after; left out on the last page.</summary>
    public string? Next { get; init; }

    public AuditResponse With(AuditResponse other) => this with
    {
        Resources = Resources + other.Resources,
        Events = Events + other.Events,
        Operations = Operations + other.Operations,
        Pending = Pending + other.Pending,
        Lost = Lost + other.Lost,
        Duplicated = Duplicated + other.Duplicated,
        Drifted = Drifted + other.Drifted,
        Orphaned = Orphaned + other.Orphaned,
        Offenders = [.. Offenders.Concat(other.Offenders).Take(MaxOffenders)],
    };

    public AuditResponse WithLost(AuditFinding finding) => this with { Lost = Lost + 1, Offenders = [.. Offenders.Take(MaxOffenders - 1), finding] };
}

/// <summary>Something that is not as the events say.</summary>
internal sealed record AuditFinding
{
    /// <summary>lost, duplicated, drifted or orphaned.</summary>
    public required string Kind { get; init; }

    /// <summary>author, book, operation or relay.</summary>
    public required string Resource { get; init; }

    /// <summary>Id of the author, book or operation.</summary>
    public Guid? Id { get; init; }

    /// <summary>What is wrong.</summary>
    public required string What { get; init; }
}

/// <summary>Where the catalog as a whole stands.</summary>
internal sealed record AuditSummary
{
    /// <summary>Position of the last event; 0 before the first.</summary>
    public required long LastPosition { get; init; }

    /// <summary>Position up to which the broker has confirmed every event.</summary>
    public required long RelayedPosition { get; init; }

    /// <summary>Deleted authors whose books have not all followed yet.</summary>
    public required long Deletions { get; init; }

    /// <summary>Restored authors whose books have not all followed yet.</summary>
    public required long Restorations { get; init; }
}
