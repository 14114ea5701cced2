using System.ComponentModel.DataAnnotations;
using Library.Contracts.Values;

namespace Library.Contracts;

/// <summary>What a client says of an author. The one place where an author's fields are declared: commands, events, documents, import records, exports and answers all hold these.</summary>
public abstract record AuthorFields
{
    /// <summary>Longest name of any kind, in Unicode code points.</summary>
    public const int NameLength = 500;

    /// <summary>How many alternate names an author may have.</summary>
    public const int AlternateNameCount = 100;

    /// <summary>Longest bio, in Unicode code points.</summary>
    public const int BioLength = 10_000;

    /// <summary>The name as it is shown, 1–500 Unicode code points, not blank, without NUL. Required.</summary>
    [Required, MinLength(1), MaxLength(NameLength)]
    public string Name { get; init; } = "";

    /// <summary>The name as catalogs file it (<c>Le Guin, Ursula K.</c>), 1–500 Unicode code points, not blank; absent when it is none of its own.</summary>
    [MaxLength(NameLength)]
    public string? SortName { get; init; }

    /// <summary>What the author is: one of <see cref="AuthorKinds"/>; absent: a person.</summary>
    [AllowedValues(AuthorKinds.Person, AuthorKinds.Organization, AuthorKinds.Meeting, AuthorKinds.Family)]
    public string? Kind { get; init; }

    /// <summary>Other names, such as pseudonyms and forms in other scripts: at most 100 of 1–500 Unicode code points, not blank; absent when there are none.</summary>
    [MaxLength(AlternateNameCount)]
    public IReadOnlyList<string>? AlternateNames { get; init; }

    /// <summary>At most 10,000 Unicode code points, without NUL; absent when unknown.</summary>
    [MaxLength(BioLength)]
    public string? Bio { get; init; }

    /// <summary>When the author was born or founded: a single date value (ISO 8601-2 level 1, <see cref="EdtfDate"/>) such as <c>1929-10-21</c>, <c>1929</c> or <c>-0043~</c>; a person's is not in the future. Absent when unknown.</summary>
    public string? BirthDate { get; init; }

    /// <summary>When the author died or was dissolved: a date value like <see cref="BirthDate"/>, not certainly before it. Absent when unknown, or when it has not happened.</summary>
    public string? DeathDate { get; init; }

    /// <summary>What others call the author: at most 100 identifiers, no pair of scheme and value twice; absent when there are none.</summary>
    [MaxLength(Values.Identifiers.Count)]
    public IReadOnlyList<Identifier>? Identifiers { get; init; }
}
