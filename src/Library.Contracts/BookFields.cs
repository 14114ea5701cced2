using System.ComponentModel.DataAnnotations;

namespace Library.Contracts;

/// <summary>What a client says of a book, but for its authors. The one place where a book's fields are declared: commands, events, documents, import records, exports and answers all hold these.</summary>
public abstract record BookFields
{
    /// <summary>Longest title, in Unicode code points.</summary>
    public const int TitleLength = 500;

    /// <summary>Longest description, in Unicode code points.</summary>
    public const int DescriptionLength = 20_000;

    /// <summary>1–500 Unicode code points, not blank, without NUL. Required.</summary>
    [Required, MinLength(1), MaxLength(TitleLength)]
    public string Title { get; init; } = "";

    /// <summary>At most 20,000 Unicode code points, without NUL; absent when unknown.</summary>
    [MaxLength(DescriptionLength)]
    public string? Description { get; init; }

    /// <summary>Day of publication (ISO 8601, <c>YYYY-MM-DD</c>); absent when unknown.</summary>
    public DateOnly? PublishDate { get; init; }
}
