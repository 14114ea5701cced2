namespace Library.Contracts.Commands;

/// <summary>Sets all fields of a book; creates the book when the id is unknown or was deleted.</summary>
public sealed record ReplaceBook : CatalogCommand
{
    /// <summary>The book's id.</summary>
    public required Guid BookId { get; init; }

    /// <summary>1–500 Unicode code points, not blank, without NUL.</summary>
    public required string Title { get; init; }

    /// <summary>At most 20,000 Unicode code points, without NUL; null: none.</summary>
    public string? Description { get; init; }

    /// <summary>Day of publication; null: unknown.</summary>
    public DateOnly? PublishDate { get; init; }

    /// <summary>1–100 distinct ids of authors in the catalog, in the order in which the book names them.</summary>
    public required IReadOnlyList<Guid> AuthorIds { get; init; }

    /// <summary>True: only create, refuse when the resource is there (<c>If-None-Match: *</c>, RFC 9110). Default: false.</summary>
    public bool CreateOnly { get; init; }
}
