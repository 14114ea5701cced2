namespace Library.Contracts.Imports;

/// <summary>An author in a file of imports and exports: a line of NDJSON, or a row of CSV.</summary>
public sealed record AuthorRecord
{
    /// <summary>What a record of this kind says in its field <c>type</c>.</summary>
    public const string TypeName = "author";

    /// <summary>Always <c>author</c>. Required.</summary>
    public string? Type { get; init; } = TypeName;

    /// <summary>The author's name in the file's own world, 1–500 Unicode code points: it stands for one id for good (<see cref="RecordKeys.AuthorId"/>). Either this or <see cref="Id"/> is required.</summary>
    public string? Key { get; init; }

    /// <summary>The author's id.</summary>
    public Guid? Id { get; init; }

    /// <summary>1–200 Unicode code points, not blank, without NUL. Required.</summary>
    public string? Name { get; init; }

    /// <summary>At most 10,000 Unicode code points, without NUL; null: none.</summary>
    public string? Bio { get; init; }

    /// <summary>Day of birth, not in the future; null: unknown.</summary>
    public DateOnly? BirthDate { get; init; }
}
