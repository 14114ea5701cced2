using Library.Api.Infrastructure.Reading;
using Library.Contracts;
using Library.Hosting.Messaging;
using Library.Hosting.Operations;

namespace Library.Api.Infrastructure.Operations;

/// <summary>A row of <c>operations</c>: what the writer decided.</summary>
internal sealed record Outcome
{
    public required Guid Id { get; init; }

    public string? Resource { get; init; }

    public Guid? ResourceId { get; init; }

    /// <summary>One of <see cref="Effects"/>; null: refused.</summary>
    public string? Effect { get; init; }

    public int? Version { get; init; }

    public long Position { get; init; }

    public DateTime AcceptedAt { get; init; }

    public DateTime CompletedAt { get; init; }

    public Problem? Problem { get; init; }

    /// <summary>The owner of the operation; null: no particular caller.</summary>
    public string? Caller { get; init; }

    public LeftBooks? Left { get; init; }

    public Guid? ReplayOf { get; init; }

    /// <summary>The resource as the operation left it; null: not known here, or there is none.</summary>
    public Representation? Representation { get; init; }

    /// <summary>From the writer's commit notification.</summary>
    /// <param name="representation">Of the state that came with it.</param>
    public static Outcome Of(DecidedOperation decided, Representation? representation) => new()
    {
        Id = decided.Id,
        Resource = decided.Resource,
        ResourceId = decided.ResourceId,
        Effect = decided.Effect,
        Version = decided.Version,
        Position = decided.Position,
        AcceptedAt = decided.AcceptedAt,
        CompletedAt = decided.CompletedAt,
        Problem = decided.Problem,
        Caller = decided.Caller,
        Representation = representation,
    };

    public OperationResponse ToResponse() => new()
    {
        Id = Id,
        Status = Effect is null ? OperationStatus.Refused : OperationStatus.Succeeded,
        Resource = Resource,
        ResourceId = ResourceId,
        Version = Version,
        Position = Position,
        AcceptedAt = AcceptedAt,
        CompletedAt = CompletedAt,
        Problem = Problem,
        Left = Left,
        ReplayOf = ReplayOf,
    };
}
