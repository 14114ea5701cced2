using System.Text.Json.Nodes;

namespace Library.Api.Infrastructure.History;

/// <summary>One event of a resource.</summary>
internal sealed record HistoryEntry
{
    /// <summary>The event's place in the catalog's one sequence.</summary>
    public required long Position { get; init; }

    /// <summary>The event's type, such as AuthorUpdated.</summary>
    public required string Type { get; init; }

    /// <summary>When it happened (UTC).</summary>
    public required DateTime At { get; init; }

    /// <summary>The resource's version from this event on.</summary>
    public required int Version { get; init; }

    /// <summary>The fields that this event set, each with its new value, null for one that it took away. A creation or a restoration sets all; a deletion none.</summary>
    public required JsonObject Changes { get; init; }

    /// <summary>The operation that it stems from; left out when it stems from an import.</summary>
    public Guid? OperationId { get; init; }

    /// <summary>The import that it stems from; left out when it stems from an operation.</summary>
    public Guid? ImportId { get; init; }

    /// <summary>Id of the event that it follows from, such as the AuthorDeleted of a cascade; left out when there is none.</summary>
    public Guid? CausedBy { get; init; }

    /// <summary>The caller whose command or import it stems from; left out where callers are not told apart.</summary>
    public string? Actor { get; init; }
}
