using Library.Contracts;
using Library.Contracts.Values;
using Library.Hosting.Search;

namespace Library.Worker.Infrastructure.Model;

/// <summary>What the full text of a resource finds: its heading, then all other text in the order in which it counts, should there be too much of it.</summary>
internal static class SearchText
{
    /// <returns>The vector that was given.</returns>
    public static SearchVector Of(AuthorState author, SearchVector vector)
    {
        vector.Start(author.Name);
        vector.Add(author.SortName);
        Add(vector, author.AlternateNames);
        Add(vector, author.Identifiers);
        vector.Add(author.Bio);
        return vector;
    }

    /// <inheritdoc cref="Of(AuthorState, SearchVector)"/>
    public static SearchVector Of(BookState book, SearchVector vector)
    {
        vector.Start(book.Title);
        Add(vector, book.AlternateTitles);
        vector.Add(book.Publisher);
        Add(vector, book.Identifiers);
        Add(vector, book.Subjects);
        vector.Add(book.Description);
        return vector;
    }

    private static void Add(SearchVector vector, IReadOnlyList<string>? texts)
    {
        foreach (var text in texts ?? []) vector.Add(text);
    }

    private static void Add(SearchVector vector, IReadOnlyList<Identifier>? identifiers)
    {
        foreach (var identifier in identifiers ?? []) vector.Add(identifier.Value);
    }
}
