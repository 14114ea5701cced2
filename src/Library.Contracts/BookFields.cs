using System.ComponentModel.DataAnnotations;
using Library.Contracts.Values;

namespace Library.Contracts;

/// <summary>What a client says of a book, but for its contributors. The one place where a book's fields are declared: commands, events, documents, import records, exports and answers all hold these.</summary>
public abstract record BookFields
{
    /// <summary>Longest title of any kind, in Unicode code points.</summary>
    public const int TitleLength = 2_000;

    /// <summary>How many alternate titles a book may have.</summary>
    public const int AlternateTitleCount = 20;

    /// <summary>Longest description, in Unicode code points.</summary>
    public const int DescriptionLength = 20_000;

    /// <summary>Longest name of a publisher, in Unicode code points.</summary>
    public const int PublisherLength = 500;

    /// <summary>How many languages a book may have.</summary>
    public const int LanguageCount = 20;

    /// <summary>How many subjects a book may have.</summary>
    public const int SubjectCount = 200;

    /// <summary>Longest subject, in Unicode code points.</summary>
    public const int SubjectLength = 500;

    /// <summary>1–2,000 Unicode code points, not blank, without NUL. Required.</summary>
    [Required, MinLength(1), MaxLength(TitleLength)]
    public string Title { get; init; } = "";

    /// <summary>Other titles, such as those in other scripts and of the original: at most 20 of 1–2,000 Unicode code points, not blank; absent when there are none.</summary>
    [MaxLength(AlternateTitleCount)]
    public IReadOnlyList<string>? AlternateTitles { get; init; }

    /// <summary>At most 20,000 Unicode code points, without NUL; absent when unknown.</summary>
    [MaxLength(DescriptionLength)]
    public string? Description { get; init; }

    /// <summary>When it was published: a date value (ISO 8601-2 level 1, <see cref="EdtfDate"/>) such as <c>1967-05-30</c>, <c>1967</c> or <c>196X~</c>, or an interval such as <c>1999/2003</c>. Absent when unknown.</summary>
    public string? PublishDate { get; init; }

    /// <summary>Who published it, 1–500 Unicode code points, not blank; absent when unknown.</summary>
    [MaxLength(PublisherLength)]
    public string? Publisher { get; init; }

    /// <summary>At most 20 codes of languages, each once (<see cref="Values.Languages"/>): ISO 639-3; codes of 639-1 and 639-2 are taken and stored as 639-3. Absent when unknown.</summary>
    [MaxLength(LanguageCount)]
    public IReadOnlyList<string>? Languages { get; init; }

    /// <summary>What it is about: at most 200 of 1–500 Unicode code points, not blank; absent when there are none.</summary>
    [MaxLength(SubjectCount)]
    public IReadOnlyList<string>? Subjects { get; init; }

    /// <summary>What others call the book: at most 100 identifiers, no pair of scheme and value twice; absent when there are none.</summary>
    [MaxLength(Values.Identifiers.Count)]
    public IReadOnlyList<Identifier>? Identifiers { get; init; }
}
