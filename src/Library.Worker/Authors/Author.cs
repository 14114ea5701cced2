using JasperFx;
using Library.Contracts.Events;

namespace Library.Worker.Authors;

/// <summary>The author as a Marten document: the inline snapshot of its stream. The writer stores it by SQL; Marten reads and rebuilds it.</summary>
public sealed class Author : IRevisioned
{
    public Guid Id { get; set; }
    public string Name { get; set; } = "";
    public string? Bio { get; set; }
    public DateOnly? BirthDate { get; set; }
    public int Version { get; set; }

    public static Author Create(AuthorCreated created) => Of(created.Author);
    public static Author Create(AuthorRestored restored) => Of(restored.Author);
    public void Apply(AuthorCreated created) => Become(created.Author);
    public void Apply(AuthorUpdated updated) => Become(updated.Author);
    public void Apply(AuthorRestored restored) => Become(restored.Author);
    public bool ShouldDelete(AuthorDeleted _) => true;

    private static Author Of(Contracts.AuthorState state)
    {
        var author = new Author();
        author.Become(state);
        return author;
    }

    private void Become(Contracts.AuthorState state) => (Id, Name, Bio, BirthDate) = (state.Id, state.Name, state.Bio, state.BirthDate);
}
