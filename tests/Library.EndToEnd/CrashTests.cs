using Library.Testing;
using Library.Testing.Hosts;

namespace Library.EndToEnd;

/// <summary>Worker, broker and database are killed, one after the other, in the middle of a load.</summary>
public sealed class CrashTests
{
    private const int Commands = 6_000;

    [Fact]
    public async Task Nothing_accepted_is_lost_and_nothing_is_applied_twice()
    {
        // Servers of its own, whatever the other tests use: these are killed.
        await using var servers = await PrivateServers.StartAsync();
        await using var service = new LibraryService(servers.Postgres, servers.RabbitMq);
        var (api, worker) = await service.StartAsync();
        var other = service.StartApi();
        await other.WhenReadyAsync();

        var load = Load.SendAsync([api, other], Commands);
        await UntilAppliedAsync(service, Commands / 10);
        worker.Kill();
        await service.StartWorker().WhenReadyAsync();
        await UntilAppliedAsync(service, Commands / 4);
        servers.Kill("rabbitmq");
        await servers.StartAsync("rabbitmq");
        await UntilAppliedAsync(service, Commands / 2);
        servers.Kill("postgres");
        await servers.StartAsync("postgres");
        var accepted = await load;

        // A subscriber that comes late finds nothing in the broker, so the store is asked: every event once.
        await Eventually.HoldsAsync(async () => await service.ScalarAsync<long>("select count(*) from authors") == accepted.Count, "every author is there");
        (await service.ScalarAsync<long>("select count(*) from mt_events")).ShouldBe(accepted.Count);
        (await service.ScalarAsync<long>("select count(*) from authors where version <> 1")).ShouldBe(0);
        await Eventually.HoldsAsync(
            async () => await service.ScalarAsync<bool>("select position = (select max(seq_id) from mt_events) from relay_position"), "every event was relayed");
    }

    private static Task UntilAppliedAsync(LibraryService service, int count) => Eventually.HoldsAsync(
        async () => await service.ScalarAsync<long>("select count(*) from authors") >= count, $"{count} commands are applied");
}
