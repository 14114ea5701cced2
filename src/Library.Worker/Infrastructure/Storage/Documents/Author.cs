using JasperFx;
using Library.Contracts;
using Library.Contracts.Events;

namespace Library.Worker.Infrastructure.Storage.Documents;

/// <summary>The author as a Marten document: the inline snapshot of its stream. The writer stores it by SQL; Marten reads and rebuilds it.</summary>
public sealed class Author : IRevisioned
{
    public Guid Id { get; set; }
    public int Version { get; set; }
    public AuthorState? State { get; set; }

    public static Author Create(AuthorCreated created) => new() { Id = created.Author.Id, State = created.Author };
    public static Author Create(AuthorRestored restored) => new() { Id = restored.Author.Id, State = restored.Author };
    public void Apply(AuthorCreated created) => State = created.Author;
    public void Apply(AuthorUpdated updated) => State = updated.Author;
    public void Apply(AuthorRestored restored) => State = restored.Author;
    public bool ShouldDelete(AuthorDeleted _) => true;
}
