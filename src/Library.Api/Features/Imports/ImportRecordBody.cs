using System.ComponentModel.DataAnnotations;

namespace Library.Api.Features.Imports;

/// <summary>A record of an import: an author or a book. NDJSON: one on each line. CSV: a header row with these names, lists separated by semicolons.</summary>
internal sealed record ImportRecordBody
{
    /// <summary>author or book. Required.</summary>
    [Required]
    public string? Type { get; init; }

    /// <summary>The file's own name for the author or book, 1–500 characters: it stands for one id for good (UUID version 5). Either this or id.</summary>
    public string? Key { get; init; }

    /// <summary>The id of the author or book.</summary>
    public Guid? Id { get; init; }

    /// <summary>Author: 1–200 characters (Unicode code points), not blank. Required.</summary>
    public string? Name { get; init; }

    /// <summary>Author: at most 10,000 characters.</summary>
    public string? Bio { get; init; }

    /// <summary>Author: day of birth, not in the future.</summary>
    public DateOnly? BirthDate { get; init; }

    /// <summary>Book: 1–500 characters, not blank. Required.</summary>
    public string? Title { get; init; }

    /// <summary>Book: at most 20,000 characters.</summary>
    public string? Description { get; init; }

    /// <summary>Book: day of publication.</summary>
    public DateOnly? PublishDate { get; init; }

    /// <summary>Book: 1–100 distinct keys of authors, in order; they may come later in the file. Either this or authorIds.</summary>
    public IReadOnlyList<string>? AuthorKeys { get; init; }

    /// <summary>Book: 1–100 distinct ids of authors, in order.</summary>
    public IReadOnlyList<Guid>? AuthorIds { get; init; }
}
