namespace Library.Api.Features.Authors;
/// <summary>What the deletion of an author would do to its books, as things are now.</summary>
internal sealed record DeletionPreviewResponse
{
    /// <summary>Books that would remain, without the author.</summary>
    public required long Changed { get; init; }

    /// <summary>Books that would be deleted, since no other author is left.</summary>
    public required long Deleted { get; init; }

    /// <summary>The first hundred of all these books, by id.</summary>
    public required IReadOnlyList<BookEffect> Books { get; init; }

    /// <summary>What would happen to one book.</summary>
    internal sealed record BookEffect
    {
        /// <summary>The book's id.</summary>
        public required Guid Id { get; init; }

        /// <summary>The book's title.</summary>
        public required string Title { get; init; }

        /// <summary>changed or deleted.</summary>
        public required string Effect { get; init; }
    }
}
