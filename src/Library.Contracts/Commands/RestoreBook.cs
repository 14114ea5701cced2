namespace Library.Contracts.Commands;

/// <summary>Undoes a book's last deletion, for a book with an author left.</summary>
public sealed record RestoreBook : CatalogCommand
{
    /// <summary>The book's id.</summary>
    public required Guid BookId { get; init; }
}
