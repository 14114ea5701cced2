using Library.Contracts.Commands;
using Library.Worker.Infrastructure.Model;

namespace Library.Worker.Features.Commands;

/// <summary>What a command is about: its resource, and the authors that it names.</summary>
internal static class Targets
{
    public static (string Resource, Guid Id) Of(CatalogCommand command) => command switch
    {
        CreateAuthor c => (AuthorEntry.Name, c.Author.Id),
        ReplaceAuthor c => (AuthorEntry.Name, c.Author.Id),
        PatchAuthor c => (AuthorEntry.Name, c.AuthorId),
        DeleteAuthor c => (AuthorEntry.Name, c.AuthorId),
        RestoreAuthor c => (AuthorEntry.Name, c.AuthorId),
        CreateBook c => (BookEntry.Name, c.Book.Id),
        ReplaceBook c => (BookEntry.Name, c.Book.Id),
        PatchBook c => (BookEntry.Name, c.BookId),
        DeleteBook c => (BookEntry.Name, c.BookId),
        RestoreBook c => (BookEntry.Name, c.BookId),
        _ => throw new InvalidOperationException($"{command.GetType()} is no command of the catalog"),
    };

    /// <summary>Authors whose presence the decision checks.</summary>
    public static IEnumerable<Guid> AuthorsNamedBy(CatalogCommand command) => command switch
    {
        CreateBook c => c.Book.AuthorIds,
        ReplaceBook c => c.Book.AuthorIds,
        PatchBook c when c.Patch.TryGetProperty("contributors", out var contributors) => contributors.EnumerateArray().Select(one => one.GetProperty("authorId").GetGuid()),
        _ => [],
    };

    /// <summary>Whether the decision needs the state before the last deletion.</summary>
    public static bool NeedsLastState(CatalogCommand command) => command is RestoreAuthor or RestoreBook;
}
