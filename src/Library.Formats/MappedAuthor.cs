using Library.Contracts.Values;

namespace Library.Formats;

/// <summary>An author as a record gives it; fields as the HTTP contract names them. Exactly one of <see cref="Key"/> and <see cref="Id"/> is set.</summary>
public sealed record MappedAuthor
{
    /// <summary>Stands for one id for good: <c>heading:</c> and the normalised heading, or Open Library's own key. At most 500 Unicode code points.</summary>
    public string? Key { get; init; }

    /// <summary>The id itself, in a record that the catalog exported.</summary>
    public Guid? Id { get; init; }

    /// <summary>
    /// Whether it is only the heading of a book: the author is created if missing, and never replaced, since a heading knows less than the catalog may.
    /// False: an authority record or an author of Open Library, which says all that its source knows, and replaces.
    /// </summary>
    public required bool OnlyIfMissing { get; init; }

    /// <summary>The name in its direct order (<c>Ursula K. Le Guin</c>), 1–500 Unicode code points.</summary>
    public required string Name { get; init; }

    /// <summary>The name as it is sorted (<c>Le Guin, Ursula K.</c>); null: as the name.</summary>
    public string? SortName { get; init; }

    /// <summary><c>person</c>, <c>organization</c>, <c>meeting</c> or <c>family</c>.</summary>
    public string Kind { get; init; } = "person";

    /// <summary>Other forms of the name, other scripts among them: at most 100.</summary>
    public IReadOnlyList<string> AlternateNames { get; init; } = [];

    /// <summary>At most 10,000 Unicode code points; null: none.</summary>
    public string? Bio { get; init; }

    /// <summary>A single date of a person; null: unknown or ambiguous.</summary>
    public EdtfDate? BirthDate { get; init; }

    /// <summary>A single date of a person, not certainly before its birth; null: unknown, ambiguous or none yet.</summary>
    public EdtfDate? DeathDate { get; init; }

    /// <summary>At most 100, each in its one form.</summary>
    public IReadOnlyList<Identifier> Identifiers { get; init; } = [];
}
