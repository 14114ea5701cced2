using Library.Api.Infrastructure.Reading;
using Library.Contracts;
using Library.Contracts.Serialization;
using Library.Hosting.Messaging;

namespace Library.Api.Features.Books;

/// <summary>Books as they are read.</summary>
internal static class BookResource
{
    public static readonly ResourceType Type = new(CatalogTypes.Book, "book", "books", ResourceType.Always, LibraryJsonContext.Default.BookState);

    /// <summary>What a decided operation left of a book.</summary>
    public static Representation? Of(DecidedOperation decided) =>
        decided is { Book: { } book, Version: { } version } ? new Representation(book.Id, ResourceJson.OfState(book, version), version) : null;
}
