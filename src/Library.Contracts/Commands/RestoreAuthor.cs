namespace Library.Contracts.Commands;

/// <summary>Undoes an author's last deletion, the changes that followed it on books included.</summary>
public sealed record RestoreAuthor : CatalogCommand
{
    /// <summary>The author's id.</summary>
    public required Guid AuthorId { get; init; }
}
