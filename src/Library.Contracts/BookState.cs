using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Library.Contracts;

/// <summary>A book's fields at one point of its history.</summary>
public sealed record BookState : BookFields
{
    /// <summary>How many authors a book may name.</summary>
    public const int AuthorCount = 100;

    /// <summary>Makes a state whose properties are yet to be set.</summary>
    [JsonConstructor]
    public BookState()
    {
    }

    /// <summary>Makes the state of a book with these fields.</summary>
    [SetsRequiredMembers]
    public BookState(Guid id, BookFields fields, IReadOnlyList<Guid> authorIds)
        : base(fields) => (Id, AuthorIds) = (id, authorIds);

    /// <summary>The book's id. Ids of authors and books are one space: an id belongs to one type for good.</summary>
    [JsonPropertyOrder(-1)]
    public required Guid Id { get; init; }

    /// <summary>1–100 distinct author ids, in the order in which the book names them.</summary>
    [JsonPropertyOrder(1)]
    public required IReadOnlyList<Guid> AuthorIds { get; init; }
}
