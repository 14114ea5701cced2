using Library.Contracts.Commands;

namespace Library.Simulation;

/// <summary>
/// The catalog's rules once more, as plainly as they can be said: one command after another, in the order of commit, over what the events
/// before it tell. Every outcome must be the one that follows.
/// </summary>
internal static class Model
{
    public static void Check(World world)
    {
        var told = new ReplayedEvents();
        var next = 0;
        foreach (var outcome in world.Database.Decided)
        {
            var changes = outcome.Effect is not (null or "unchanged");
            while (next < world.Database.Events.Count && world.Database.Events[next].Event.Position is var position && (changes ? position < outcome.Position : position <= outcome.Position))
                told.Apply(world.Database.Events[next++].Event.Data);
            var expected = world.Asked[outcome.OperationId] is { } command ? Expect(told, command) : null;
            if (outcome.Effect != expected) world.Violate($"{world.NameOf(outcome.OperationId)} was {outcome.Effect ?? "refused"} where it should be {expected ?? "refused"}: {outcome.Problem?.Title}");
        }
    }

    /// <summary>The effect; null: refused.</summary>
    private static string? Expect(ReplayedEvents told, CatalogCommand command)
    {
        return command switch
        {
            CreateAuthor c => !told.Authors.ContainsKey(c.Author.Id) && Is(c.Author.Id, "author") ? "created" : null,
            ReplaceAuthor c => !May(c.Author.Id, "author", told.Authors.ContainsKey(c.Author.Id), c.CreateOnly) ? null
                : told.Authors.GetValueOrDefault(c.Author.Id) is not { } now ? "created"
                : now.Name == c.Author.Name ? "unchanged" : "changed",
            DeleteAuthor c => Exists(c.AuthorId, told.Authors.ContainsKey(c.AuthorId)) ? "deleted" : null,
            RestoreAuthor c => !told.Authors.ContainsKey(c.AuthorId) && told.Ids.ContainsKey(c.AuthorId) && Is(c.AuthorId, "author") ? "restored" : null,
            CreateBook c => !told.Books.ContainsKey(c.Book.Id) && Is(c.Book.Id, "book") && Known(c.Book.AuthorIds) && c.Book.Title != Database.Poison ? "created" : null,
            ReplaceBook c => !May(c.Book.Id, "book", told.Books.ContainsKey(c.Book.Id), c.CreateOnly) || !Known(c.Book.AuthorIds) || c.Book.Title == Database.Poison ? null
                : told.Books.GetValueOrDefault(c.Book.Id) is not { } now ? "created"
                : now.Title == c.Book.Title && now.AuthorIds.SequenceEqual(c.Book.AuthorIds) ? "unchanged" : "changed",
            PatchBook c => !Exists(c.BookId, told.Books.ContainsKey(c.BookId)) ? null
                : told.Books[c.BookId].Title == c.Patch.GetProperty("title").GetString() ? "unchanged" : "changed",
            DeleteBook c => Exists(c.BookId, told.Books.ContainsKey(c.BookId)) ? "deleted" : null,
            RestoreBook c => !told.Books.ContainsKey(c.BookId) && told.LastBooks.TryGetValue(c.BookId, out var last) && last.AuthorIds.Any(told.Authors.ContainsKey) ? "restored" : null,
            _ => throw new NotSupportedException($"{command}"),
        };

        // An id belongs to one type for good.
        bool Is(Guid id, string resource) => !told.Ids.TryGetValue(id, out var known) || known.Resource == resource;

        bool HasVersion(Guid id, bool alive) => command.ExpectedVersions is not { } versions || (alive && versions.Contains(told.Ids[id].Version));

        bool Exists(Guid id, bool alive) => alive && HasVersion(id, alive);

        bool May(Guid id, string resource, bool alive, bool createOnly) => Is(id, resource) && HasVersion(id, alive) && !(createOnly && alive);

        bool Known(IReadOnlyList<Guid> authors) => authors.All(told.Authors.ContainsKey);
    }
}
