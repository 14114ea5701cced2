using Library.Contracts.Values;

namespace Library.Contracts;

/// <summary>Someone who had a part in a book.</summary>
public sealed record Contributor
{
    /// <summary>Id of an author in the catalog.</summary>
    public required Guid AuthorId { get; init; }

    /// <summary>What they did, as a MARC relator code (<see cref="Relators"/>): <c>aut</c>, <c>edt</c>, <c>trl</c>, … Default: <c>aut</c>.</summary>
    public string Role
    {
        get;
        // Generated readers set what is left out to null.
        init => field = value ?? Relators.Author;
    } = Relators.Author;

    /// <summary>Contributors with the role <c>aut</c>: what the short form <c>authorIds</c> stands for.</summary>
    public static IReadOnlyList<Contributor> Authors(IEnumerable<Guid> ids) => [.. ids.Select(id => new Contributor { AuthorId = id })];
}
