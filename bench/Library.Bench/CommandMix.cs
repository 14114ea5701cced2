using System.Globalization;
using Library.Contracts;
using Library.Contracts.Commands;
using Library.Hosting.Operations;
using Library.Testing.Hosts;
using Microsoft.Extensions.Options;

namespace Library.Bench;

/// <summary>Creations as a catalog sees them: authors first, then one in four an author and the others books by one or two of the authors of earlier windows. The same each time but for the ids.</summary>
internal sealed class CommandMix
{
    private static readonly string[] Words =
        ["river", "winter", "machine", "garden", "history", "of", "the", "silent", "island", "letters", "night", "blue", "house", "star", "and", "memory"];

    private readonly OperationIds _operationIds = new(Options.Create(new OperationsOptions { Secret = LibraryService.OperationsSecret }), TimeProvider.System);

    public CatalogCommand[] Next(int count)
    {
        var random = new Random(20_000);
        var authors = new List<Guid>();
        var commands = new CatalogCommand[count];
        var known = 0;
        for (var i = 0; i < count; i++)
        {
            if (i % CommandFeed.Window == 0) known = authors.Count;
            var operation = _operationIds.Next();
            if (i % 4 == 0 || known == 0)
            {
                authors.Add(Guid.CreateVersion7());
                commands[i] = new CreateAuthor
                {
                    OperationId = operation,
                    AcceptedAt = OperationIds.TimeOf(operation),
                    Author = new()
                    {
                        Id = authors[^1],
                        Name = Text(random, 3),
                        Bio = Text(random, 20),
                        BirthDate = Day(new DateOnly(1900, 1, 1).AddDays(random.Next(36_000))),
                    },
                };
            }
            else
            {
                var (first, second) = (authors[random.Next(known)], authors[random.Next(known)]);
                commands[i] = new CreateBook
                {
                    OperationId = operation,
                    AcceptedAt = OperationIds.TimeOf(operation),
                    Book = new()
                    {
                        Id = Guid.CreateVersion7(),
                        Title = Text(random, 5),
                        Description = Text(random, 30),
                        PublishDate = Day(new DateOnly(1950, 1, 1).AddDays(random.Next(27_000))),
                        Contributors = Contributor.Authors(first == second ? [first] : new[] { first, second }),
                    },
                };
            }
        }

        return commands;
    }

    private static string Text(Random random, int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[random.Next(Words.Length)]));

    private static string Day(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
