using System.Text.Json;
using Library.Api.Http;
using Library.Api.Reading;
using Library.Contracts;
using Npgsql;

namespace Library.Api.Books;

/// <summary>Books as they are read, with their authors in the order in which the book names them.</summary>
internal static class BookResource
{
    private const string Select = """
        select b.id, b.title, b.description, b.publish_date,
               array(select a.author_id from book_authors a where a.book_id = b.id order by a.ordinal), b.version, b.position
        from books b
        """;

    public static readonly ResourceType Type = new("book", "books",
        Select + " where b.id = $1",
        Select + " where b.id > $1 order by b.id limit $2",
        Read,
        OfEvent);

    private static Representation Read(NpgsqlDataReader row)
    {
        var book = new BookResponse
        {
            Id = row.GetGuid(0),
            Title = row.GetString(1),
            Description = row.IsDBNull(2) ? null : row.GetString(2),
            PublishDate = row.IsDBNull(3) ? null : row.GetFieldValue<DateOnly>(3),
            AuthorIds = row.GetFieldValue<Guid[]>(4),
            Version = row.GetInt32(5),
        };
        return new(book.Id, ToJson(book), book.Version, row.GetInt64(6));
    }

    // Every event's data has the state at the same place, so any book event's type reads it.
    private static ReadOnlyMemory<byte> OfEvent(byte[] data, int version)
    {
        var state = JsonSerializer.Deserialize(data, LibraryJsonContext.Default.BookCreated)!.Book;
        return ToJson(new BookResponse
        {
            Id = state.Id,
            Title = state.Title,
            Description = state.Description,
            PublishDate = state.PublishDate,
            AuthorIds = state.AuthorIds,
            Version = version,
        });
    }

    private static byte[] ToJson(BookResponse book) => JsonSerializer.SerializeToUtf8Bytes(book, ResponseJson.Types.BookResponse);
}
