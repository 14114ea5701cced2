using System.Text.Json;
using Library.Contracts;
using Library.Contracts.Commands;
using Library.Contracts.Serialization;
using Library.Hosting.Events;

namespace Library.MicroBenchmarks;

/// <summary>Commands and events of the size that a catalog sees.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private const string Description = "On the world of Earthsea a boy called Sparrowhawk learns what he has let loose upon it, and that to name a thing is to have power over it.";

    public static CreateAuthor Author(int n) => new()
    {
        OperationId = Id(1, n),
        AcceptedAt = Now,
        Author = new()
        {
            Id = Id(2, n),
            Name = $"Ursula K. Le Guin {n}",
            Bio = "American author of speculative fiction, of realistic fiction, essays and poems.",
            BirthDate = "1929-10-21",
        },
    };

    public static CreateBook Book(int n, params Guid[] authors) => new()
    {
        OperationId = Id(3, n),
        AcceptedAt = Now,
        Book = new()
        {
            Id = Id(4, n),
            Title = $"A Wizard of Earthsea {n}",
            Description = Description,
            PublishDate = "1968-11-01",
            Contributors = Contributor.Authors(authors),
        },
    };

    public static StoredEvent Event()
    {
        var book = new BookState { Id = Id(4, 1), Title = "A Wizard of Earthsea", Description = Description, PublishDate = "1968-11-01", Contributors = Contributor.Authors([Id(2, 1), Id(2, 2)]) };
        byte[] data = [.. "{\"book\":"u8, .. JsonSerializer.SerializeToUtf8Bytes(book, LibraryJsonContext.Default.BookState), (byte)'}'];
        return new StoredEvent(
            1_000_001, 1_000_000, Id(6, 1), book.Id, 1, Now.UtcDateTime, "book_created", data,
            new EventHeaders(Id(1, 1), null, null, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
    }

    public static Guid Id(int kind, int n) => new(kind, 0, 0x7000, 0x80, 0, 0, 0, (byte)(n >> 24), (byte)(n >> 16), (byte)(n >> 8), (byte)n);
}
