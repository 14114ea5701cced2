namespace Library.Contracts.Commands;

/// <summary>Adds a book. Refused when the id is taken or an author is unknown.</summary>
public sealed record CreateBook : CatalogCommand
{
    /// <summary>The new book's id, chosen by the client or made by the API (version 7).</summary>
    public required Guid BookId { get; init; }

    /// <summary>1–500 Unicode code points, not blank, without NUL.</summary>
    public required string Title { get; init; }

    /// <summary>At most 20,000 Unicode code points, without NUL; null: none.</summary>
    public string? Description { get; init; }

    /// <summary>Day of publication; null: unknown.</summary>
    public DateOnly? PublishDate { get; init; }

    /// <summary>1–100 distinct ids of authors in the catalog, in the order in which the book names them.</summary>
    public required IReadOnlyList<Guid> AuthorIds { get; init; }
}
