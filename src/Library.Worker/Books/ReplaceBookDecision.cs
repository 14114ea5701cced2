using Library.Contracts;
using Library.Contracts.Commands;
using Library.Contracts.Events;
using Library.Worker.Writing;

namespace Library.Worker.Books;

internal static class ReplaceBookDecision
{
    public static Decision Decide(ICatalogView catalog, ReplaceBook command)
    {
        var entry = catalog.Find(command.BookId);
        var before = (entry as BookEntry)?.State;
        if (Preconditions.MayWrite(command, BookEntry.Name, command.BookId, entry, before is not null, command.CreateOnly) is { } refusal)
            return Decision.Refuse(refusal);
        if (KnownAuthors.Check(catalog, command.AuthorIds) is { } unknown) return Decision.Refuse(unknown);
        var after = new BookState
        {
            Id = command.BookId,
            Title = command.Title,
            Description = command.Description,
            PublishDate = command.PublishDate,
            AuthorIds = command.AuthorIds,
        };
        return before is null ? Decision.Accept(new BookCreated { Book = after }) : Update(before, after);
    }

    public static Decision Update(BookState before, BookState after)
    {
        var changed = new List<string>(4);
        if (before.Title != after.Title) changed.Add("title");
        if (before.Description != after.Description) changed.Add("description");
        if (before.PublishDate != after.PublishDate) changed.Add("publishDate");
        if (!before.AuthorIds.SequenceEqual(after.AuthorIds)) changed.Add("authorIds");
        return changed.Count == 0 ? Decision.Unchanged : Decision.Accept(new BookUpdated { Book = after, Changed = changed });
    }
}
