using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Library.Contracts;

/// <summary>An author's fields at one point of its history.</summary>
public sealed record AuthorState : AuthorFields
{
    /// <summary>Makes a state whose properties are yet to be set.</summary>
    [JsonConstructor]
    public AuthorState()
    {
    }

    /// <summary>Makes the state of an author with these fields.</summary>
    [SetsRequiredMembers]
    public AuthorState(Guid id, AuthorFields fields)
        : base(fields) => Id = id;

    /// <summary>The author's id. Ids of authors and books are one space: an id belongs to one type for good.</summary>
    [JsonPropertyOrder(-1)]
    public required Guid Id { get; init; }
}
