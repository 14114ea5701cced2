namespace Library.Contracts;

/// <summary>A book's fields at one point of its history.</summary>
public sealed record BookState
{
    /// <summary>The book's id. Ids of authors and books are one space: an id belongs to one type for good.</summary>
    public required Guid Id { get; init; }

    /// <summary>1–500 Unicode code points, not blank, without NUL.</summary>
    public required string Title { get; init; }

    /// <summary>At most 20,000 Unicode code points, without NUL; absent when unknown.</summary>
    public string? Description { get; init; }

    /// <summary>Day of publication (ISO 8601, <c>YYYY-MM-DD</c>); absent when unknown.</summary>
    public DateOnly? PublishDate { get; init; }

    /// <summary>1–100 distinct author ids, in the order in which the book names them.</summary>
    public required IReadOnlyList<Guid> AuthorIds { get; init; }
}
