using System.Text.Json;
using Library.Api.Infrastructure.Reading;
using Library.Contracts;
using Library.Hosting.Messaging;

namespace Library.Api.Features.Books;

/// <summary>Books as they are read, with their authors in the order in which the book names them.</summary>
internal static class BookResource
{
    public static readonly ResourceType Type = new(CatalogTypes.Book, "book", "books", ResourceType.Always,
    [
        ResourceField.Uuid("id", "r.id"),
        ResourceField.Text("title", "r.title"),
        ResourceField.Text("description", "r.description"),
        ResourceField.Date("publishDate", "r.publish_date"),
        ResourceField.Uuids("authorIds", "array(select a.author_id from book_authors a where a.book_id = r.id order by a.ordinal)"),
        ResourceField.Integer("version", "r.version"),
    ],
    OfEvent);

    // Every event's data has the state at the same place, so any book event's type reads it.
    private static ReadOnlyMemory<byte> OfEvent(byte[] data, int version) =>
        ToJson(JsonSerializer.Deserialize(data, LibraryJsonContext.Default.BookCreated)!.Book, version);

    /// <summary>What a decided operation left of a book.</summary>
    public static Representation? Of(DecidedOperation decided) =>
        decided is { Book: { } book, Version: { } version } ? new Representation(book.Id, ToJson(book, version), version) : null;

    private static ReadOnlyMemory<byte> ToJson(BookState state, int version)
    {
        var book = new BookResponse
        {
            Id = state.Id,
            Title = state.Title,
            Description = state.Description,
            PublishDate = state.PublishDate,
            AuthorIds = state.AuthorIds,
            Version = version,
        };
        return JsonSerializer.SerializeToUtf8Bytes(book, BookJson.Responses.BookResponse);
    }
}
