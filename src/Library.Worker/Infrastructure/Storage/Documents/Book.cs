using JasperFx;
using Library.Contracts;
using Library.Contracts.Events;

namespace Library.Worker.Infrastructure.Storage.Documents;

/// <summary>The book as a Marten document: the inline snapshot of its stream. The writer stores it by SQL; Marten reads and rebuilds it.</summary>
public sealed class Book : IRevisioned
{
    public Guid Id { get; set; }
    public int Version { get; set; }
    public BookState? State { get; set; }

    public static Book Create(BookCreated created) => new() { Id = created.Book.Id, State = created.Book };
    public static Book Create(BookRestored restored) => new() { Id = restored.Book.Id, State = restored.Book };
    public void Apply(BookCreated created) => State = created.Book;
    public void Apply(BookUpdated updated) => State = updated.Book;
    public void Apply(BookRestored restored) => State = restored.Book;
    public bool ShouldDelete(BookDeleted _) => true;
}
