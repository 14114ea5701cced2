namespace Library.Contracts.Commands;

/// <summary>Adds an author. Refused when the id is taken.</summary>
public sealed record CreateAuthor : CatalogCommand
{
    /// <summary>The new author's id, chosen by the client or made by the API (version 7).</summary>
    public required Guid AuthorId { get; init; }

    /// <summary>1–200 Unicode code points, not blank, without NUL.</summary>
    public required string Name { get; init; }

    /// <summary>At most 10,000 Unicode code points, without NUL; null: none.</summary>
    public string? Bio { get; init; }

    /// <summary>Day of birth, not in the future; null: unknown.</summary>
    public DateOnly? BirthDate { get; init; }
}
