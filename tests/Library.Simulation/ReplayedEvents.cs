using Library.Contracts;
using Library.Contracts.Events;
using Library.Worker.Infrastructure.Model;

namespace Library.Simulation;

/// <summary>The catalog as its events tell it.</summary>
internal sealed class ReplayedEvents
{
    public Dictionary<Guid, AuthorState> Authors { get; } = [];
    public Dictionary<Guid, BookState> Books { get; } = [];
    public Dictionary<Guid, BookState> LastBooks { get; } = [];
    public Dictionary<Guid, (string Resource, int Version)> Ids { get; } = [];

    public void Apply(object data)
    {
        switch (data)
        {
            case AuthorCreated e: Put(e.Author); break;
            case AuthorUpdated e: Put(e.Author); break;
            case AuthorRestored e: Put(e.Author); break;
            case AuthorDeleted e:
                Authors.Remove(e.Author.Id);
                Count(e.Author.Id, AuthorEntry.Name);
                break;
            case BookCreated e: Put(e.Book); break;
            case BookUpdated e: Put(e.Book); break;
            case BookRestored e: Put(e.Book); break;
            case BookDeleted e:
                Books.Remove(e.Book.Id);
                LastBooks[e.Book.Id] = e.Book;
                Count(e.Book.Id, BookEntry.Name);
                break;
            case ImportCompleted e: Count(e.Import.Id, ImportEntry.Name); break;
        }
    }

    private void Put(AuthorState author)
    {
        Authors[author.Id] = author;
        Count(author.Id, AuthorEntry.Name);
    }

    private void Put(BookState book)
    {
        Books[book.Id] = book;
        Count(book.Id, BookEntry.Name);
    }

    private void Count(Guid id, string resource) => Ids[id] = (resource, Ids.GetValueOrDefault(id).Version + 1);
}
