namespace Library.Contracts.Commands;

/// <summary>Deletes an author. The author is then taken off every book, and a book without an author left is deleted.</summary>
public sealed record DeleteAuthor : CatalogCommand
{
    /// <summary>The author's id.</summary>
    public required Guid AuthorId { get; init; }
}
