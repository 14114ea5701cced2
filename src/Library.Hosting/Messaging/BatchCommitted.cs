namespace Library.Hosting.Messaging;

/// <summary>
/// The writer's word to all API instances that these operations are decided and committed: it ends their waits. Transient and
/// internal; one that is lost costs a waiter nothing but time, since the outcome's row is read again when the wait ends.
/// </summary>
public sealed record BatchCommitted
{
    public required IReadOnlyList<Guid> OperationIds { get; init; }
}
