namespace Library.Contracts.Commands;

/// <summary>Sets all fields of a book; creates the book when the id is unknown or was deleted.</summary>
public sealed record ReplaceBook : CatalogCommand
{
    /// <summary>The book as it is to be. Its authors must be in the catalog.</summary>
    public required BookState Book { get; init; }

    /// <summary>True: only create, refuse when the resource is there (<c>If-None-Match: *</c>, RFC 9110). Default: false.</summary>
    public bool CreateOnly { get; init; }
}
