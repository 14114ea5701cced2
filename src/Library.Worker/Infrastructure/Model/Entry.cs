using Library.Contracts;

namespace Library.Worker.Infrastructure.Model;

/// <summary>What the catalog holds under an id. An id belongs to one type for good, so an entry stays when its resource is deleted.</summary>
/// <param name="Version">The resource's version: the number of its events.</param>
internal abstract record Entry(int Version)
{
    public abstract string Resource { get; }
}

/// <param name="State">Null: deleted.</param>
/// <param name="Deletion">What a restore undoes; loaded only for that.</param>
internal sealed record AuthorEntry(int Version, AuthorState? State, AuthorDeletion? Deletion = null) : Entry(Version)
{
    public const string Name = "author";
    public override string Resource => Name;
}

/// <param name="State">Null: deleted.</param>
/// <param name="LinkedSince">For each of the book's authors, in order, the position of the event that set the link.</param>
/// <param name="LastState">The state that a restore brings back; loaded only for that.</param>
internal sealed record BookEntry(int Version, BookState? State, IReadOnlyList<long> LinkedSince, BookState? LastState = null) : Entry(Version)
{
    public const string Name = "book";
    public override string Resource => Name;
}

/// <summary>A completed import. It is not a resource of the catalog, but its id has a stream and so is taken.</summary>
internal sealed record ImportEntry(int Version) : Entry(Version)
{
    public const string Name = "import";
    public override string Resource => Name;
}

/// <param name="Position">Of the AuthorDeleted.</param>
/// <param name="LastState">The author as it was.</param>
internal sealed record AuthorDeletion(long Position, AuthorState LastState);
