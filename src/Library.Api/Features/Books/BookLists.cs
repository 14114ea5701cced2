using Library.Api.Features.Authors;
using Library.Api.Infrastructure.Lists;
using Library.Api.Infrastructure.Reading;

namespace Library.Api.Features.Books;

/// <summary>The lists of books, and that of a book's authors.</summary>
internal static class BookLists
{
    /// <summary>Ids and names; a deleted author's is no longer there, though the book's own event may be moments away.</summary>
    private static readonly ListInclude Authors = new("authors", """
        array_to_json(array(select row_to_json(n) from (select a.id, a.heading as name from book_authors m join authors a on a.id = m.author_id
        where m.book_id = r.id and a.deleted_at_position is null order by m.ordinal) n))
        """);

    public static readonly ListType All = new()
    {
        Name = "books",
        Resource = BookResource.Type,
        From = "books r",
        Sorts = [new("title", "r.title_key", SortKind.Text), new("publishDate", "r.publish_date", SortKind.Date)],
        Filters =
        [
            new("title", "r.title_key", FilterKind.Prefix, "Only titles that begin so, whatever their case and accents."),
            new("publishedAfter", "r.publish_date", FilterKind.After, "Only those known to be published after that day."),
            new("publishedBefore", "r.publish_date", FilterKind.Before, "Only those known to be published before that day."),
        ],
        Includes = [Authors],
        Shows = CatalogTypes.Book,
    };

    /// <summary>The books of one author.</summary>
    public static readonly ListType OfAuthor = All with
    {
        Name = "authors/books",
        From = "book_authors l join books r on r.id = l.book_id",
        ParentColumn = "l.author_id",
        Parent = AuthorResource.Type,
        Id = "l.book_id",
        Shows = CatalogTypes.Author | CatalogTypes.Book,
    };

    /// <summary>The authors of one book.</summary>
    public static readonly ListType AuthorsOfBook = AuthorLists.All with
    {
        Name = "books/authors",
        From = "book_authors l join authors r on r.id = l.author_id",
        ParentColumn = "l.book_id",
        Parent = BookResource.Type,
        Id = "l.author_id",
        Shows = CatalogTypes.Author | CatalogTypes.Book,
    };
}
