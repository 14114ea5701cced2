using System.Text.Json.Serialization;

namespace Library.Contracts.Imports;

/// <summary>An author in a file of imports and exports: a line of NDJSON, or a row of CSV.</summary>
public sealed record AuthorRecord : AuthorFields
{
    /// <summary>What a record of this kind says in its field <c>type</c>.</summary>
    public const string TypeName = "author";

    /// <summary>Makes a record whose fields are yet to be set.</summary>
    [JsonConstructor]
    public AuthorRecord()
    {
    }

    /// <summary>Makes a record of an author with these fields.</summary>
    public AuthorRecord(AuthorFields fields)
        : base(fields)
    {
    }

    /// <summary>Always <c>author</c>. Required.</summary>
    [JsonPropertyOrder(-3)]
    public string? Type { get; init; } = TypeName;

    /// <summary>The author's name in the file's own world, 1–500 Unicode code points: it stands for one id for good (<see cref="RecordKeys.AuthorId"/>). Either this or <see cref="Id"/> is required.</summary>
    [JsonPropertyOrder(-2)]
    public string? Key { get; init; }

    /// <summary>The author's id.</summary>
    [JsonPropertyOrder(-1)]
    public Guid? Id { get; init; }
}
