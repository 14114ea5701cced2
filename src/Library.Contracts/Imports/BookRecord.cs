using System.Text.Json.Serialization;

namespace Library.Contracts.Imports;

/// <summary>A book in a file of imports and exports: a line of NDJSON, or a row of CSV.</summary>
public sealed record BookRecord : BookFields
{
    /// <summary>What a record of this kind says in its field <c>type</c>.</summary>
    public const string TypeName = "book";

    /// <summary>Makes a record whose fields are yet to be set.</summary>
    [JsonConstructor]
    public BookRecord()
    {
    }

    /// <summary>Makes a record of a book with these fields.</summary>
    public BookRecord(BookFields fields)
        : base(fields)
    {
    }

    /// <summary>Always <c>book</c>. Required.</summary>
    [JsonPropertyOrder(-3)]
    public string? Type { get; init; } = TypeName;

    /// <summary>The book's name in the file's own world, 1–500 Unicode code points: it stands for one id for good (<see cref="RecordKeys.BookId"/>). Either this or <see cref="Id"/> is required.</summary>
    [JsonPropertyOrder(-2)]
    public string? Key { get; init; }

    /// <summary>The book's id.</summary>
    [JsonPropertyOrder(-1)]
    public Guid? Id { get; init; }

    /// <summary>0–100 distinct keys of authors, each with the role <c>aut</c>, in the order in which the book names them; the authors may come later in the file, or be in the catalog. One of this, <see cref="AuthorIds"/> and <see cref="Contributors"/> is required.</summary>
    [JsonPropertyOrder(1)]
    public IReadOnlyList<string>? AuthorKeys { get; init; }

    /// <summary>0–100 distinct ids of authors, each with the role <c>aut</c>, in the order in which the book names them.</summary>
    [JsonPropertyOrder(2)]
    public IReadOnlyList<Guid>? AuthorIds { get; init; }

    /// <summary>0–100 contributors with their roles, in the order in which the book names them, no pair of author and role twice.</summary>
    [JsonPropertyOrder(3)]
    public IReadOnlyList<RecordContributor>? Contributors { get; init; }
}
