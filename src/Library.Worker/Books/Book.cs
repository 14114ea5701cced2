using JasperFx;
using Library.Contracts.Events;

namespace Library.Worker.Books;

/// <summary>The book as a Marten document: the inline snapshot of its stream. The writer stores it by SQL; Marten reads and rebuilds it.</summary>
public sealed class Book : IRevisioned
{
    public Guid Id { get; set; }
    public string Title { get; set; } = "";
    public string? Description { get; set; }
    public DateOnly? PublishDate { get; set; }
    public IReadOnlyList<Guid> AuthorIds { get; set; } = [];
    public int Version { get; set; }

    public static Book Create(BookCreated created) => Of(created.Book);
    public static Book Create(BookRestored restored) => Of(restored.Book);
    public void Apply(BookCreated created) => Become(created.Book);
    public void Apply(BookUpdated updated) => Become(updated.Book);
    public void Apply(BookRestored restored) => Become(restored.Book);
    public bool ShouldDelete(BookDeleted _) => true;

    private static Book Of(Contracts.BookState state)
    {
        var book = new Book();
        book.Become(state);
        return book;
    }

    private void Become(Contracts.BookState state) =>
        (Id, Title, Description, PublishDate, AuthorIds) = (state.Id, state.Title, state.Description, state.PublishDate, state.AuthorIds);
}
