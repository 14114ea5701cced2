namespace Library.Hosting.Messaging;

/// <summary>
/// Announces that an import has records to apply or to undo. The import's row alone says what is to be done, so this message may arrive
/// twice; if it is lost, the worker's sweep finds the import.
/// </summary>
public sealed record ApplyImport
{
    public required Guid ImportId { get; init; }
}
