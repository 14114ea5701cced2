using Library.Api.Infrastructure.Reading;
using Library.Contracts;
using Library.Contracts.Serialization;
using Library.Hosting.Messaging;

namespace Library.Api.Features.Books;

/// <summary>How books are read.</summary>
internal static class BookResource
{
    public static readonly ResourceType Type = new(CatalogTypes.Book, "book", "books", ResourceType.Always, LibraryJsonContext.Default.BookState);

    /// <summary>The book's state after a decided operation.</summary>
    public static Representation? Of(DecidedOperation decided) =>
        decided is { Book: { } book, Version: { } version } ? new Representation(book.Id, ResourceJson.OfState(book, version), version) : null;
}
