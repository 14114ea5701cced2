namespace Library.Contracts.Commands;

/// <summary>Sets all fields of an author; creates the author when the id is unknown or was deleted.</summary>
public sealed record ReplaceAuthor : CatalogCommand
{
    /// <summary>The author's id.</summary>
    public required Guid AuthorId { get; init; }

    /// <summary>1–200 Unicode code points, not blank, without NUL.</summary>
    public required string Name { get; init; }

    /// <summary>At most 10,000 Unicode code points, without NUL; null: none.</summary>
    public string? Bio { get; init; }

    /// <summary>Day of birth, not in the future; null: unknown.</summary>
    public DateOnly? BirthDate { get; init; }

    /// <summary>True: only create, refuse when the resource is there (<c>If-None-Match: *</c>, RFC 9110). Default: false.</summary>
    public bool CreateOnly { get; init; }
}
