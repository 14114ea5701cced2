namespace Library.Formats;

/// <summary>
/// What a record of a file means to the catalog: a book with its authors, an author alone, or, with all empty, nothing that it holds (an authority record of a subject, say; its
/// fields are among the unmapped). Or it is refused.
/// </summary>
public sealed record MappedItem
{
    /// <summary>The record's number in its file, from 1; in a dump that of its line.</summary>
    public required long Number { get; init; }

    /// <summary>The book; null: the record is none.</summary>
    public MappedBook? Book { get; init; }

    /// <summary>The authors that the book names, each once, or the one that the record is.</summary>
    public IReadOnlyList<MappedAuthor> Authors { get; init; } = [];

    /// <summary>Why it is refused; null: it is not.</summary>
    public RecordRefusal? Refusal { get; init; }
}
