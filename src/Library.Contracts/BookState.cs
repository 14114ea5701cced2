using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Library.Contracts;

/// <summary>A book's fields at one point of its history.</summary>
public sealed record BookState : BookFields
{
    /// <summary>How many contributors a book may have.</summary>
    public const int ContributorCount = 100;

    private readonly IReadOnlyList<Contributor> contributors = [];

    /// <summary>Makes a state whose properties are yet to be set.</summary>
    [JsonConstructor]
    public BookState()
    {
    }

    /// <summary>Makes the state of a book with these fields.</summary>
    [SetsRequiredMembers]
    public BookState(Guid id, BookFields fields, IReadOnlyList<Contributor> contributors)
        : base(fields) => (Id, Contributors) = (id, contributors);

    /// <summary>The book's id. Ids of authors and books are one space: an id belongs to one type for good.</summary>
    [JsonPropertyOrder(-1)]
    public required Guid Id { get; init; }

    /// <summary>0–100 contributors, in the order in which the book names them, no pair of author and role twice. Empty: none is known, as with anonymous works.</summary>
    [JsonPropertyOrder(1)]
    public required IReadOnlyList<Contributor> Contributors
    {
        get => contributors;
        init => (contributors, AuthorIds) = (value, [.. value.Select(contributor => contributor.AuthorId).Distinct()]);
    }

    /// <summary>The contributors' ids, each once, in the same order: follows from <see cref="Contributors"/>, and is written but not read.</summary>
    [JsonPropertyOrder(2)]
    public IReadOnlyList<Guid> AuthorIds { get; private init; } = [];
}
