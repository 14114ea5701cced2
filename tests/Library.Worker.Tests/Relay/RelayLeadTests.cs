using Library.Testing;
using Library.Worker.Features.Relay;
using Library.Worker.Tests.Storage;

namespace Library.Worker.Tests.Relay;

[NeedsServers]
public sealed class RelayLeadTests(TestServers servers) : IAsyncLifetime
{
    private readonly CatalogDatabase _database = new(servers);
    private long[] _positions = [];

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        await _database.ApplyAsync([.. Enumerable.Range(0, 4).Select(_ => Commands.CreateAuthor(Guid.CreateVersion7()))]);
        _positions = [.. await _database.ColumnAsync<long>("select seq_id from mt_events order by seq_id")];
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task A_second_worker_finds_nothing_while_the_first_one_leads()
    {
        await using var first = await OpenAsync();
        await using var second = await OpenAsync();
        (await first.TakeAsync(Cancellation)).Select(relayed => relayed.Position).ShouldBe(_positions);
        (await second.TakeAsync(Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_lead_that_ends_without_a_word_passes_on_with_the_position_as_it_was()
    {
        await using (var first = await OpenAsync()) await first.TakeAsync(Cancellation);
        await using var second = await OpenAsync();
        (await second.TakeAsync(Cancellation)).Select(relayed => relayed.Position).ShouldBe(_positions);
    }

    [Fact]
    public async Task Reading_ahead_stores_nothing()
    {
        await using (var first = await OpenAsync())
        {
            await first.TakeAsync(Cancellation);
            var ahead = await first.ReadAheadAsync(_positions[1], Cancellation);
            ahead.Select(relayed => (relayed.PreviousPosition, relayed.Position)).ShouldBe([(_positions[1], _positions[2]), (_positions[2], _positions[3])]);
        }

        (await StoredAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Storing_a_position_keeps_the_lead_where_it_reads_ahead()
    {
        await using var first = await OpenAsync();
        await using var second = await OpenAsync();
        await first.TakeAsync(Cancellation);
        (await first.StoreAndReadAheadAsync(_positions[0], _positions[2], Cancellation)).Select(relayed => relayed.Position).ShouldBe([_positions[3]]);
        (await StoredAsync()).ShouldBe(_positions[0]);
        (await second.TakeAsync(Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stored_position_passes_the_lead_on_and_never_goes_back()
    {
        await using var first = await OpenAsync();
        await using var second = await OpenAsync();
        await first.TakeAsync(Cancellation);
        await first.StoreAsync(_positions[2], Cancellation);
        (await second.TakeAsync(Cancellation)).Select(relayed => relayed.Position).ShouldBe([_positions[3]]);
        await second.StoreAsync(_positions[3], Cancellation);
        await first.StoreAsync(_positions[2], Cancellation);
        (await StoredAsync()).ShouldBe(_positions[3]);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Task<RelayLead> OpenAsync() => RelayLead.OpenAsync(_database.Postgres, Cancellation);

    private Task<long> StoredAsync() => _database.ScalarAsync<long>("select position from relay_position");
}
