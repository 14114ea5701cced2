using Library.Contracts;

namespace Library.Worker.Infrastructure.Model;

/// <summary>The outcome of an operation: a row of <c>operations</c>, which serves as inbox, status resource and stored reply.</summary>
/// <param name="Effect">One of <see cref="Effects"/>; null: refused.</param>
/// <param name="Version">The resource's version after it; null where there is none.</param>
/// <param name="Position">Of the operation's event; without one, of the last event when it was decided.</param>
internal sealed record Outcome(
    Guid OperationId,
    string? Kind,
    string? Resource,
    Guid? ResourceId,
    string? Effect,
    int? Version,
    long Position,
    DateTimeOffset AcceptedAt,
    Problem? Problem)
{
    /// <summary>The owner of the operation; null: no particular caller.</summary>
    public string? Caller { get; init; }

    /// <summary>The resource as the operation left it; null: refused.</summary>
    public Entry? After { get; init; }
}
