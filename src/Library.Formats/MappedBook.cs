using Library.Contracts.Values;

namespace Library.Formats;

/// <summary>A book as a record gives it; fields as the HTTP contract names them. Exactly one of <see cref="Key"/> and <see cref="Id"/> is set.</summary>
public sealed record MappedBook
{
    /// <summary>Stands for one id for good: <c>marc:</c> + 003 + 001, else <c>isbn:</c> + its ISBN, else <c>digest:</c> + a digest of its content; or Open Library's own key. At most 500 Unicode code points.</summary>
    public string? Key { get; init; }

    /// <summary>The id itself, in a record that the catalog exported.</summary>
    public Guid? Id { get; init; }

    /// <summary>1–2,000 Unicode code points, not blank.</summary>
    public required string Title { get; init; }

    /// <summary>Other titles, other scripts and translations among them: at most 20.</summary>
    public IReadOnlyList<string> AlternateTitles { get; init; } = [];

    /// <summary>At most 20,000 Unicode code points; null: none.</summary>
    public string? Description { get; init; }

    /// <summary>A date or an interval; null: unknown.</summary>
    public EdtfDate? PublishDate { get; init; }

    /// <summary>At most 500 Unicode code points; null: unknown.</summary>
    public string? Publisher { get; init; }

    /// <summary>Codes as <see cref="Contracts.Values.Languages"/> stores them: at most 20.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Topics, their divisions behind <c> -- </c>: at most 200 of 500 Unicode code points.</summary>
    public IReadOnlyList<string> Subjects { get; init; } = [];

    /// <summary>At most 100, each in its one form.</summary>
    public IReadOnlyList<Identifier> Identifiers { get; init; } = [];

    /// <summary>Who made it, in order: at most 100, no pair of author and role twice.</summary>
    public IReadOnlyList<MappedContributor> Contributors { get; init; } = [];
}

/// <summary>What an author did for a book. Exactly one of <see cref="AuthorKey"/> and <see cref="AuthorId"/> is set.</summary>
public sealed record MappedContributor
{
    /// <summary>The <see cref="MappedAuthor.Key"/> of the author.</summary>
    public string? AuthorKey { get; init; }

    /// <summary>The <see cref="MappedAuthor.Id"/> of the author.</summary>
    public Guid? AuthorId { get; init; }

    /// <summary>A relator code in use (<see cref="Relators"/>).</summary>
    public required string Role { get; init; }
}
