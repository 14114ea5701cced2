using Library.Api.Features.Audit;
using Library.Contracts.Commands;
using Library.Testing;
using Library.Worker.Tests.Storage;
using Npgsql;
using static Library.Worker.Tests.Commands;

namespace Library.Worker.Tests.Writing;

/// <summary>
/// Random commands in random batches, with cascades between them, late, and twice at once: the audit finds nothing at any time, and how
/// commands are batched makes no difference to what becomes of them.
/// </summary>
[NeedsServers]
public sealed class RandomBatchesTests(TestServers servers) : IAsyncLifetime
{
    private const int Batches = 30;

    private readonly CatalogDatabase _catalog = new(servers);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _catalog.InitializeAsync();

    public ValueTask DisposeAsync() => _catalog.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Batched_or_alone_commands_come_to_the_same_and_the_audit_finds_nothing(int seed)
    {
        var random = new Random(seed);
        Shelf[] shelves = [new(), new()];
        for (var i = 0; i < Batches; i++)
        {
            var steps = Enumerable.Range(0, random.Next(1, 20)).Select(_ => random.Next()).ToArray();
            await _catalog.ApplyAsync([.. steps.Select(shelves[0].Command)]);
            foreach (var step in steps) await _catalog.ApplyAsync(shelves[1].Command(step));
            (await FindingsAsync()).ShouldBe("[]", $"seed {seed}, batch {i}");
            // Between two of them commands meet a cascade that is not through.
            if (random.Next(3) > 0) await FinishCascadesAsync();
            (await FindingsAsync()).ShouldBe("[]", $"seed {seed}, batch {i}, after cascades");
        }

        (await ToldAsync(shelves[1])).ShouldBe(await ToldAsync(shelves[0]), $"seed {seed}");
    }

    /// <summary>Each twice at once, as by a message and by the sweep.</summary>
    private async Task FinishCascadesAsync()
    {
        foreach (var (id, position) in await PairsAsync("select id, deleted_at_position from authors where deleted_at_position is not null order by 2"))
            await Task.WhenAll(_catalog.NewDeletionCascade().RunAsync(id, position, Cancellation), _catalog.NewDeletionCascade().RunAsync(id, position, Cancellation));
        foreach (var (id, position) in await PairsAsync("select author_id, restored_at from author_restorations order by 2"))
            await Task.WhenAll(_catalog.NewRestorationCascade().RunAsync(id, position, Cancellation), _catalog.NewRestorationCascade().RunAsync(id, position, Cancellation));
    }

    private async Task<List<(Guid Id, long Position)>> PairsAsync(string sql)
    {
        await using var command = _catalog.Postgres.CreateCommand(sql);
        await using var row = await command.ExecuteReaderAsync(Cancellation);
        var pairs = new List<(Guid, long)>();
        while (await row.ReadAsync(Cancellation)) pairs.Add((row.GetGuid(0), row.GetInt64(1)));
        return pairs;
    }

    private async Task<string> FindingsAsync()
    {
        foreach (var (sql, parameters) in ((string, object[])[])[(AuditSql.Resources, [Guid.Empty, 1000, Guid.Empty]), (AuditSql.Operations, [Guid.Empty, 100_000])])
        {
            await using var command = _catalog.Postgres.CreateCommand(sql);
            foreach (var value in parameters) command.Parameters.Add(new NpgsqlParameter { Value = value });
            await using var row = await command.ExecuteReaderAsync(Cancellation);
            await row.ReadAsync(Cancellation);
            if (row.GetString(9) is not "[]" and var found) return found;
        }

        return "[]";
    }

    /// <summary>What became of its commands and of its resources, without ids, positions and times.</summary>
    private async Task<IEnumerable<string>> ToldAsync(Shelf shelf)
    {
        var ids = string.Join(',', shelf.Ids.Select(id => $"'{id}'"));
        var outcomes = await _catalog.ColumnAsync<string>(
            $"select concat_ws(' ', kind, array_position(array[{ids}]::uuid[], resource_id), effect, version, problem->>'type') from operations where resource_id in ({ids})");
        var events = await _catalog.ColumnAsync<string>(
            $"select concat_ws(' ', type, array_position(array[{ids}]::uuid[], stream_id), version, jsonb_array_length(data->'book'->'authorIds'), headers ? 'causedBy') from mt_events where stream_id in ({ids})");
        // Ids of one millisecond are in no order.
        return outcomes.Concat(events).Order(StringComparer.Ordinal);
    }

    /// <summary>Few resources, so that commands meet. The same number is the same command on either shelf.</summary>
    private sealed class Shelf
    {
        private readonly Guid[] _authors = [.. Enumerable.Range(0, 3).Select(_ => Guid.CreateVersion7())];
        private readonly Guid[] _books = [.. Enumerable.Range(0, 2).Select(_ => Guid.CreateVersion7())];

        public IEnumerable<Guid> Ids => [.. _authors, .. _books];

        public CatalogCommand Command(int number)
        {
            var random = new Random(number);
            var (author, book) = (_authors[random.Next(3)], _books[random.Next(2)]);
            var names = _authors.OrderBy(_ => random.Next()).Take(random.Next(1, 4)).ToArray();
            string? day = random.Next(3) switch { 0 => null, 1 => "-0043", _ => "1999-12-31" };
            return random.Next(12) switch
            {
                0 => CreateAuthor(author),
                1 or 2 => ReplaceAuthor(author, $"Name {random.Next(2)}", born: day),
                3 => DeleteAuthor(author),
                4 => RestoreAuthor(author),
                5 => CreateBook(book, names),
                6 or 7 => Published(ReplaceBook(book, $"Title {random.Next(2)}", authors: names), day),
                8 => PatchBook(book, """{ "title": "Patched" }"""),
                9 => DeleteBook(book),
                10 => RestoreBook(book),
                _ => PatchBook(book, $$"""{ "contributors": [{ "authorId": "{{author}}", "role": "edt" }] }"""),
            };
        }
    }
}
