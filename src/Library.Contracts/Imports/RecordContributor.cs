namespace Library.Contracts.Imports;

/// <summary>Someone who had a part in a book, in a file of imports and exports.</summary>
public sealed record RecordContributor
{
    /// <summary>Key of an author, who may come later in the file or be in the catalog. Either this or <see cref="AuthorId"/> is required.</summary>
    public string? AuthorKey { get; init; }

    /// <summary>Id of an author.</summary>
    public Guid? AuthorId { get; init; }

    /// <summary>What they did, as a MARC relator code; absent: <c>aut</c>.</summary>
    public string? Role { get; init; }
}
