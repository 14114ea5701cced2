namespace Library.Contracts.Imports;

/// <summary>A book in a file of imports and exports: a line of NDJSON, or a row of CSV.</summary>
public sealed record BookRecord
{
    /// <summary>What a record of this kind says in its field <c>type</c>.</summary>
    public const string TypeName = "book";

    /// <summary>Always <c>book</c>. Required.</summary>
    public string? Type { get; init; } = TypeName;

    /// <summary>The book's name in the file's own world, 1–500 Unicode code points: it stands for one id for good (<see cref="RecordKeys.BookId"/>). Either this or <see cref="Id"/> is required.</summary>
    public string? Key { get; init; }

    /// <summary>The book's id.</summary>
    public Guid? Id { get; init; }

    /// <summary>1–500 Unicode code points, not blank, without NUL. Required.</summary>
    public string? Title { get; init; }

    /// <summary>At most 20,000 Unicode code points, without NUL; null: none.</summary>
    public string? Description { get; init; }

    /// <summary>Day of publication; null: unknown.</summary>
    public DateOnly? PublishDate { get; init; }

    /// <summary>1–100 distinct keys of authors, in the order in which the book names them; the authors may come later in the file, or be in the catalog. Either this or <see cref="AuthorIds"/> is required.</summary>
    public IReadOnlyList<string>? AuthorKeys { get; init; }

    /// <summary>1–100 distinct ids of authors, in the order in which the book names them.</summary>
    public IReadOnlyList<Guid>? AuthorIds { get; init; }
}
