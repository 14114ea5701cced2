namespace Library.Api.Features.Books;
using Library.Contracts;

/// <summary>A book in the catalog.</summary>
internal sealed record BookResponse : BookFields
{
    /// <summary>The book's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>1–100 distinct author ids, in the order in which the book names them.</summary>
    public required IReadOnlyList<Guid> AuthorIds { get; init; }

    /// <summary>The authors, in the same order; only in lists with include=authors.</summary>
    public IReadOnlyList<NamedAuthor>? Authors { get; init; }

    /// <summary>1 at first, one more with each change, deletions included; also the ETag.</summary>
    public required int Version { get; init; }
}

/// <summary>An author as a book shows it.</summary>
internal sealed record NamedAuthor
{
    /// <summary>The author's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The author's name.</summary>
    public required string Name { get; init; }
}
