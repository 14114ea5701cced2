using Library.Contracts.Values;

namespace Library.Formats.OpenLibrary;

/// <summary>A line of a dump: exactly one of its properties but the number is set.</summary>
public sealed record OpenLibraryItem
{
    /// <summary>Of the line, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>An author; it replaces the one that the catalog has.</summary>
    public MappedAuthor? Author { get; init; }

    /// <summary>A work, to be kept for its editions: it is no book itself.</summary>
    public OpenLibraryWork? Work { get; init; }

    /// <summary>An edition, which becomes a book.</summary>
    public OpenLibraryEdition? Edition { get; init; }

    /// <summary>Why the line is refused.</summary>
    public RecordRefusal? Refusal { get; init; }
}

/// <summary>What a work has for those of its editions that lack it.</summary>
public sealed record OpenLibraryWork
{
    /// <summary>As in <c>OL27448W</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Its title; null: it has none.</summary>
    public string? Title { get; init; }

    /// <summary>Keys of its authors, as in <c>OL26320A</c>, in order.</summary>
    public IReadOnlyList<string> AuthorKeys { get; init; } = [];

    /// <summary>null: it has none.</summary>
    public string? Description { get; init; }

    /// <summary>Its topics.</summary>
    public IReadOnlyList<string> Subjects { get; init; } = [];
}

/// <summary>An edition before it is joined with its work.</summary>
public sealed record OpenLibraryEdition
{
    /// <summary>As in <c>OL7353617M</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Of its line, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>Key of its work; null: it has none.</summary>
    public string? WorkKey { get; init; }

    /// <summary>Its own title; null: that of its work.</summary>
    public string? Title { get; init; }

    /// <summary>Keys of its own authors; empty: those of its work.</summary>
    public IReadOnlyList<string> AuthorKeys { get; init; } = [];

    /// <summary>Whether <see cref="Join"/> takes anything of its work.</summary>
    public bool NeedsWork => WorkKey is not null && (Title is null || AuthorKeys.Count == 0 || Book.Description is null || Book.Subjects.Count == 0);

    /// <summary>What is the edition's own; its title and contributors are yet to come.</summary>
    public required MappedBook Book { get; init; }

    /// <summary>
    /// The book. The work gives title, authors, description and subjects where the edition has none; null: there is no such work. Refused where neither has a title.
    /// Its authors are named by key: they are in the dump of authors, or the catalog.
    /// </summary>
    public MappedItem Join(OpenLibraryWork? work)
    {
        var title = Title ?? work?.Title;
        var authorKeys = AuthorKeys.Count > 0 ? AuthorKeys : work?.AuthorKeys ?? [];
        return title is null
            ? new MappedItem { Number = Number, Refusal = new RecordRefusal { Number = Number, Field = "title", Reason = $"Neither the edition {Key} nor its work ({WorkKey ?? "none is named"}) has a title." } }
            : new MappedItem
            {
                Number = Number,
                Book = Book with
                {
                    Title = title,
                    Description = Book.Description ?? work?.Description,
                    Subjects = Book.Subjects.Count > 0 ? Book.Subjects : work?.Subjects ?? [],
                    Contributors = [.. authorKeys.Select(key => new MappedContributor { AuthorKey = key, Role = Relators.Author })],
                },
            };
    }
}
