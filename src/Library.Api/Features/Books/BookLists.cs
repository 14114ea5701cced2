using Library.Api.Features.Authors;
using Library.Api.Infrastructure.Lists;
using Library.Api.Infrastructure.Reading;

namespace Library.Api.Features.Books;

/// <summary>The lists of books, and that of a book's authors.</summary>
internal static class BookLists
{
    /// <summary>Ids, names and roles, one entry per contributor. A deleted author is left out even before the book's own event has been written.</summary>
    private static readonly ListInclude Authors = new("authors", """
        array_to_json(array(select row_to_json(n) from (select a.id, a.heading as name, c.value->>'role' as role
        from json_array_elements(r.state->'contributors') with ordinality c (value, place) join authors a on a.id = (c.value->>'authorId')::uuid
        where a.deleted_at_position is null order by c.place) n))
        """);

    private static readonly IReadOnlyList<ListFilter> Filters =
    [
        new("title", "r.title_key", FilterKind.Prefix, "Only titles that begin so, whatever their case and accents.", "wint"),
        new("publishedAfter", "r.publish_earliest", FilterKind.After, "Only those known to be published later than all of this date value.", "1960"),
        new("publishedBefore", "r.publish_earliest", FilterKind.Before, "Only those known to be published earlier than all of this date value.", "1960") { Latest = "r.publish_latest" },
        new("isbn", "r.terms", FilterKind.Term, "Only those with this ISBN, in any of its forms.", "0-306-40615-2") { Read = FilterTerms.Isbn },
        new("identifier", "r.terms", FilterKind.Term, "Only those with this identifier, as scheme:value; any form of a known scheme's value.", "oclc:1124613") { Read = FilterTerms.Identifier },
        new("language", "r.terms", FilterKind.Term, "Only those in this language: a code of ISO 639-3, 639-2 or 639-1.", "deu") { Read = FilterTerms.Language },
        new("subject", "r.terms", FilterKind.Term, "Only those with this whole subject, whatever its case and accents.", "utopias") { Read = FilterTerms.Subject },
    ];

    public static readonly ListType All = new()
    {
        Name = "books",
        Resource = BookResource.Type,
        From = "books r",
        Sorts = [new("title", "r.title_key", SortKind.Text), new("publishDate", "r.publish_earliest", SortKind.Date, "r.publish_latest")],
        Filters = Filters,
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
        Filters = [.. Filters, new("role", "l.roles", FilterKind.Role, "Only those in which the author had this role, a MARC relator code.", "trl") { Read = FilterTerms.Role }],
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
