using Library.Contracts;
using Library.Contracts.Commands;
using Library.Contracts.Events;
using Library.Hosting.Errors;
using Library.Worker.Writing;

namespace Library.Worker.Books;

internal static class CreateBookDecision
{
    public static Decision Decide(ICatalogView catalog, CreateBook command)
    {
        var entry = catalog.Find(command.BookId);
        if (entry is not (null or BookEntry { State: null })) return Decision.Refuse(Problems.IdTaken(command.BookId, entry.Resource));
        if (KnownAuthors.Check(catalog, command.AuthorIds) is { } unknown) return Decision.Refuse(unknown);
        return Decision.Accept(new BookCreated
        {
            Book = new BookState
            {
                Id = command.BookId,
                Title = command.Title,
                Description = command.Description,
                PublishDate = command.PublishDate,
                AuthorIds = command.AuthorIds,
            },
        });
    }
}
