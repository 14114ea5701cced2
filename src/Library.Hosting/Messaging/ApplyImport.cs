namespace Library.Hosting.Messaging;

/// <summary>
/// Says that an import has records to apply, or to take back. What is to be done is told by the import's row alone, so this may come
/// twice, and one that is lost is found by the worker's sweep.
/// </summary>
public sealed record ApplyImport
{
    public required Guid ImportId { get; init; }
}
