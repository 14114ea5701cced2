namespace Library.Contracts.Commands;

/// <summary>Deletes a book.</summary>
public sealed record DeleteBook : CatalogCommand
{
    /// <summary>The book's id.</summary>
    public required Guid BookId { get; init; }
}
