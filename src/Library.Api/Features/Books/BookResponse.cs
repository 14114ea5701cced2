namespace Library.Api.Features.Books;
using Library.Contracts;

/// <summary>A book in the catalog.</summary>
internal sealed record BookResponse : BookFields
{
    /// <summary>The book's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Who had a part in it, 0–100, in the order in which the book names them; empty: nobody is known.</summary>
    public required IReadOnlyList<Contributor> Contributors { get; init; }

    /// <summary>The contributors' ids, each once, in the same order.</summary>
    public required IReadOnlyList<Guid> AuthorIds { get; init; }

    /// <summary>The contributors with their names, in the same order; only in lists with include=authors.</summary>
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

    /// <summary>What they did, a MARC relator code.</summary>
    public required string Role { get; init; }
}
