using System.ComponentModel.DataAnnotations;

namespace Library.Contracts;

/// <summary>What a client says of an author. The one place where an author's fields are declared: commands, events, documents, import records, exports and answers all hold these.</summary>
public abstract record AuthorFields
{
    /// <summary>Longest name, in Unicode code points.</summary>
    public const int NameLength = 200;

    /// <summary>Longest bio, in Unicode code points.</summary>
    public const int BioLength = 10_000;

    /// <summary>1–200 Unicode code points, not blank, without NUL. Required.</summary>
    [Required, MinLength(1), MaxLength(NameLength)]
    public string Name { get; init; } = "";

    /// <summary>At most 10,000 Unicode code points, without NUL; absent when unknown.</summary>
    [MaxLength(BioLength)]
    public string? Bio { get; init; }

    /// <summary>Day of birth (ISO 8601, <c>YYYY-MM-DD</c>), not in the future; absent when unknown.</summary>
    public DateOnly? BirthDate { get; init; }
}
