using Library.Contracts.Commands;
using Library.Hosting.Operations;
using Library.Testing;
using Library.Worker.Infrastructure.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Library.Worker.Tests.Storage;

[NeedsServers]
public sealed class RetentionTests(TestServers servers) : IAsyncLifetime
{
    private readonly CatalogDatabase _catalog = new(servers);

    public ValueTask InitializeAsync() => _catalog.InitializeAsync();

    public ValueTask DisposeAsync() => _catalog.DisposeAsync();

    [Fact]
    public async Task A_key_is_kept_for_a_day_after_its_outcome_and_undecided_as_long_as_its_operation()
    {
        var decided = await KeyAsync(_catalog.Queued(Commands.CreateAuthor(Guid.CreateVersion7())).Single().Command!.Command, "decided", apply: true);
        await KeyAsync(decided with { OperationId = _catalog.Ids.Next() }, "undecided", apply: false);

        (await DropAsync(TimeSpan.FromHours(23))).ShouldBe([]);
        (await DropAsync(TimeSpan.FromHours(25))).ShouldBe(["decided"]);
        (await DropAsync(TimeSpan.FromDays(6.9))).ShouldBe([]);
        (await DropAsync(TimeSpan.FromDays(7.1))).ShouldBe(["undecided"]);
    }

    [Fact]
    public async Task Outcomes_are_dropped_a_day_at_a_time_once_past_their_retention()
    {
        await _catalog.ApplyAsync(Commands.CreateAuthor(Guid.CreateVersion7()));
        await Partitions(new FakeTimeProvider(TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(7))).KeepAsync(CancellationToken.None);
        (await _catalog.ScalarAsync<long>("select count(*) from operations")).ShouldBe(1);
        await Partitions(new FakeTimeProvider(TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(8))).KeepAsync(CancellationToken.None);
        (await _catalog.ScalarAsync<long>("select count(*) from operations")).ShouldBe(0);
    }

    private async Task<CatalogCommand> KeyAsync(CatalogCommand command, string key, bool apply)
    {
        await _catalog.ExecuteAsync($"insert into idempotency_keys values ('', '{key}', '\\x00', '{command.OperationId}', '{Guid.CreateVersion7()}')");
        if (apply) await _catalog.Applier.ApplyAsync([_catalog.Queued(command).Single() with { Command = new(command, null) }], _catalog.Errors, CancellationToken.None);
        return command;
    }

    /// <returns>The keys that were dropped.</returns>
    private async Task<IEnumerable<string>> DropAsync(TimeSpan later)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow() + later);
        var before = await KeysAsync();
        await new IdempotencyKeyRetention(_catalog.Postgres, Partitions(time), time).DropAsync(CancellationToken.None);
        return before.Except(await KeysAsync());
    }

    private Task<List<string>> KeysAsync() => _catalog.ColumnAsync<string>("select key from idempotency_keys");

    private OperationPartitions Partitions(TimeProvider time) => new(
        _catalog.Postgres, Options.Create(new OperationsOptions { Secret = new string('s', 32) }), time, NullLogger<OperationPartitions>.Instance);
}
