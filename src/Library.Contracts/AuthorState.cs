namespace Library.Contracts;

/// <summary>An author's fields at one point of its history.</summary>
public sealed record AuthorState
{
    /// <summary>The author's id. Ids of authors and books are one space: an id belongs to one type for good.</summary>
    public required Guid Id { get; init; }

    /// <summary>1–200 Unicode code points, not blank, without NUL.</summary>
    public required string Name { get; init; }

    /// <summary>At most 10,000 Unicode code points, without NUL; absent when unknown.</summary>
    public string? Bio { get; init; }

    /// <summary>Day of birth (ISO 8601, <c>YYYY-MM-DD</c>), not in the future; absent when unknown.</summary>
    public DateOnly? BirthDate { get; init; }
}
