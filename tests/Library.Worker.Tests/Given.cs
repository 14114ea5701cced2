using Library.Contracts;
using Library.Contracts.Commands;
using Library.Worker.Features.Commands;
using Library.Worker.Infrastructure.Model;

namespace Library.Worker.Tests;

/// <summary>A catalog in memory, in a named state, to decide commands over.</summary>
internal sealed class Given
{
    public static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    private readonly Dictionary<Guid, Entry> _entries = [];
    private readonly HashSet<Guid> _authors = [];
    private readonly HashSet<Guid> _done = [];
    private long _position = 100;

    public static Guid Id(int n) => new($"00000000-0000-7000-8000-{n:D12}");

    public Given Author(Guid id, string name = "Ann", int version = 1, string? bio = null)
    {
        _entries[id] = new AuthorEntry(version, new AuthorState { Id = id, Name = name, Bio = bio });
        _authors.Add(id);
        return this;
    }

    public Given DeletedAuthor(Guid id, int version = 2, string name = "Ann")
    {
        _entries[id] = new AuthorEntry(version, null, new AuthorDeletion(50, new AuthorState { Id = id, Name = name }));
        return this;
    }

    public Given Book(Guid id, string title = "Tales", int version = 1, params Guid[] authors)
    {
        _entries[id] = new BookEntry(version, new BookState { Id = id, Title = title, Contributors = Contributor.Authors(authors) }, [.. authors.Select(_ => ++_position)]);
        return this;
    }

    public Given DeletedBook(Guid id, int version = 2, params Guid[] authors)
    {
        _entries[id] = new BookEntry(version, null, [], new BookState { Id = id, Title = "Tales", Contributors = Contributor.Authors(authors) });
        return this;
    }

    public Given Done(Guid operationId)
    {
        _done.Add(operationId);
        return this;
    }

    public Decided When(params CatalogCommand[] commands)
    {
        var positions = Enumerable.Range(1, commands.Length).Select(i => 1000L + (10 * i)).ToArray();
        var catalog = new Catalog(new Snapshot(Now, 999, positions, _entries, _authors));
        var outcomes = BatchFold.Apply(catalog, [.. commands.Select(command => new PendingCommand(command, null))], _done);
        return new Decided(catalog, outcomes);
    }
}

/// <summary>What was decided over it.</summary>
internal sealed record Decided(Catalog Catalog, IReadOnlyList<Outcome> Outcomes)
{
    public Outcome Outcome => Outcomes.Single();

    public object? Event => Catalog.Events.SingleOrDefault()?.Data;

    public void ShouldBeRefused(string kind, int status)
    {
        Outcome.Problem.ShouldNotBeNull().Type.ShouldBe("/problems#" + kind);
        Outcome.Problem!.Status.ShouldBe(status);
        Outcome.Effect.ShouldBeNull();
        Catalog.Events.ShouldBeEmpty();
    }

    public void ShouldBeUnchanged(int version)
    {
        Outcome.Problem.ShouldBeNull();
        Outcome.Effect.ShouldBe("unchanged");
        Outcome.Version.ShouldBe(version);
        Outcome.Position.ShouldBe(999);
        Catalog.Events.ShouldBeEmpty();
    }
}
