namespace Library.Contracts.Commands;

/// <summary>Sets all fields of an author; creates the author when the id is unknown or was deleted.</summary>
public sealed record ReplaceAuthor : CatalogCommand
{
    /// <summary>The author as it is to be.</summary>
    public required AuthorState Author { get; init; }

    /// <summary>True: only create, refuse when the resource is there (<c>If-None-Match: *</c>, RFC 9110). Default: false.</summary>
    public bool CreateOnly { get; init; }
}
