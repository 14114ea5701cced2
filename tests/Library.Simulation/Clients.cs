using Library.Contracts;
using System.Text.Json;
using Library.Contracts.Commands;
using Library.Worker.Features.Commands;
using Library.Worker.Features.Imports;
using RabbitMQ.Client;

namespace Library.Simulation;

/// <summary>
/// Clients and the API: commands on a few resources, so that they meet. Whoever gets no confirm publishes the same operation again; now and
/// then one comes a second time much later.
/// </summary>
internal sealed class Clients
{
    private readonly World _world;
    private readonly Scheduler _scheduler;
    private readonly Guid[] _authors;
    private readonly Guid[] _books;
    private int _working;

    public Clients(World world)
    {
        (_world, _scheduler) = (world, world.Scheduler);
        _authors = Ids(_scheduler.Random.Next(2, 6));
        _books = Ids(_scheduler.Random.Next(2, 10));
        _working = _scheduler.Random.Next(1, 4);
        for (var client = 0; client < _working; client++) Next(_scheduler.Random.Next(5, 25));
        for (var import = _scheduler.Random.Next(3); import > 0; import--) _scheduler.After(_scheduler.Between(0, 20_000), Import);
    }

    public bool AreDone => _working == 0;

    private Guid[] Ids(int count) => [.. Enumerable.Range(0, count).Select(_ => Id())];

    private Guid Id()
    {
        Span<byte> bytes = stackalloc byte[16];
        _scheduler.Random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private void Next(int left)
    {
        if (left == 0)
        {
            _working--;
            return;
        }

        _scheduler.After(_scheduler.Chance(0.7) ? _scheduler.Between(0, 5) : _scheduler.Between(5, 4_000), () =>
        {
            var command = _scheduler.Chance(0.02) ? null : Command();
            var id = command?.OperationId ?? _world.OperationIds.Next();
            _world.Asked.Add(id, command);
            _scheduler.Note($"client asks {_world.NameOf(id)}: {(command is null ? "unreadable" : $"{command.GetType().Name} of {Targets.Of(command).Id}")}");
            Publish(id, command, confirmed: () => Next(left - 1));
            if (_scheduler.Chance(0.05)) _scheduler.After(_scheduler.Between(0, 30_000), () => Publish(id, command, () => { }));
        });
    }

    private void Publish(Guid id, CatalogCommand? command, Action confirmed) => _scheduler.After(_scheduler.Latency(), () =>
    {
        var arrives = _scheduler.Chance(0.95);
        if (arrives) _world.Commands.Enqueue(new QueuedMessage
        {
            Tag = 0,
            Body = [],
            Properties = new BasicProperties { MessageId = id.ToString() },
            Command = command is null ? null : new PendingCommand(command, null),
            Unreadable = command is null ? "not a command" : null,
        });
        if (arrives && _scheduler.Chance(0.95)) _scheduler.After(_scheduler.Latency(), confirmed);
        else _scheduler.After(_scheduler.Between(500, 5_000), () => Publish(id, command, confirmed));
    });

    private CatalogCommand Command()
    {
        var (id, at) = (_world.OperationIds.Next(), _scheduler.Clock);
        var (author, book) = (Any(_authors), Any(_books));
        int[]? expected = _scheduler.Chance(0.1) ? [_scheduler.Random.Next(1, 5)] : null;
        var title = _scheduler.Chance(0.04) ? Database.Poison : "Title " + _scheduler.Random.Next(3);
        return _scheduler.Random.Next(20) switch
        {
            < 3 => new CreateAuthor { OperationId = id, AcceptedAt = at, Author = new() { Id = author, Name = "Name" } },
            < 5 => new ReplaceAuthor { OperationId = id, AcceptedAt = at, Author = new() { Id = author, Name = "Name " + _scheduler.Random.Next(3) }, ExpectedVersions = expected, CreateOnly = _scheduler.Chance(0.2) },
            < 8 => new DeleteAuthor { OperationId = id, AcceptedAt = at, AuthorId = author, ExpectedVersions = expected },
            < 10 => new RestoreAuthor { OperationId = id, AcceptedAt = at, AuthorId = author },
            < 13 => new CreateBook { OperationId = id, AcceptedAt = at, Book = new() { Id = book, Title = title, Contributors = Contributor.Authors(SomeAuthors()) } },
            < 16 => new ReplaceBook { OperationId = id, AcceptedAt = at, Book = new() { Id = book, Title = title, Contributors = Contributor.Authors(SomeAuthors()) }, ExpectedVersions = expected, CreateOnly = _scheduler.Chance(0.2) },
            < 17 => new PatchBook { OperationId = id, AcceptedAt = at, BookId = book, Patch = JsonSerializer.SerializeToElement(new { title = "Title 1" }), ExpectedVersions = expected },
            < 19 => new DeleteBook { OperationId = id, AcceptedAt = at, BookId = book, ExpectedVersions = expected },
            _ => new RestoreBook { OperationId = id, AcceptedAt = at, BookId = book },
        };
    }

    private void Import()
    {
        var id = Id();
        var records = new List<StagedRecord>();
        foreach (var author in Some(_authors, 3))
            records.Add(new StagedRecord(StagedRecord.Author, Line(), new ReplaceAuthor { OperationId = Guid.Empty, AcceptedAt = default, Author = new() { Id = author, Name = "Imported" } }));
        foreach (var book in Some(_books, 5).Concat(Ids(_scheduler.Random.Next(4))))
        {
            var title = _scheduler.Chance(0.1) ? Database.Poison : "Imported";
            records.Add(new StagedRecord(StagedRecord.Book, Line(), new ReplaceBook { OperationId = Guid.Empty, AcceptedAt = default, Book = new() { Id = book, Title = title, Contributors = Contributor.Authors(SomeAuthors()) } }));
        }

        _scheduler.Note($"import {id} of {records.Count} records is staged");
        _world.Database.Imports.Add(id, new ImportData(new ImportRow(ImportRow.Running, null, _scheduler.Chance(0.1), new ImportCursor(StagedRecord.Author, 0)), 0, 0, 0, records, []));
        _world.Imports.Enqueue(id);
        if (_scheduler.Chance(0.2)) _scheduler.After(_scheduler.Between(0, 10_000), () => _world.Imports.Enqueue(id));

        long Line() => records.Count + 1;
    }

    private Guid[] SomeAuthors() => [.. Some(_authors, 3).DefaultIfEmpty(_authors[0])];

    private Guid[] Some(Guid[] ids, int most)
    {
        var some = ids.ToArray();
        _scheduler.Random.Shuffle(some);
        return some[.._scheduler.Random.Next(Math.Min(most, ids.Length) + 1)];
    }

    private Guid Any(Guid[] ids) => ids[_scheduler.Random.Next(ids.Length)];
}
