using System.Net;
using Library.Hosting.Messaging;
using Library.Testing;
using Library.Testing.Hosts;

namespace Library.EndToEnd;

/// <summary>Workers stop, die and freeze in the middle of a load: another goes on where they were.</summary>
public sealed class TakeOverTests(TestServers servers)
{
    private const int Commands = 2_000;

    [Theory]
    [InlineData("killed")]
    [InlineData("stopped")]
    [InlineData("frozen")]
    public async Task A_standby_goes_on_where_the_active_worker_was(string fate)
    {
        await using var service = await LibraryService.CreateAsync(servers);
        await using var recorder = await EventRecorder.StartAsync(service);
        var (api, active) = await service.StartAsync();
        await service.StartWorker().WhenReadyAsync();

        var load = Load.SendAsync([api], Commands);
        await Eventually.HoldsAsync(async () => await service.ScalarAsync<long>("select count(*) from operations") > Commands / 10, "the load is being applied");
        switch (fate)
        {
            case "killed": active.Kill(); break;
            case "stopped": (await active.StopAsync()).ShouldBe(0); break;
            default: active.Freeze(); break;
        }

        var accepted = await load;
        await Load.AppliedOnceAsync(service, recorder, accepted);
        if (fate != "frozen") return;

        // The zombie comes back with a batch that another has applied meanwhile.
        active.Thaw();
        await Load.AppliedOnceAsync(service, recorder, [.. accepted, .. await Load.SendAsync([api], Commands / 10)]);
    }

    [Fact]
    public async Task What_waited_in_the_queue_is_applied_in_its_order_and_then_gone()
    {
        await using var service = await LibraryService.CreateAsync(servers);
        var (api, worker) = await service.StartAsync();
        var author = Guid.CreateVersion7();
        var names = Enumerable.Range(0, 200).Select(number => $"Name {number}").ToList();
        worker.Freeze();
        foreach (var name in names) (await api.SendAsync(HttpMethod.Put, $"/v1/authors/{author}", new { name })).Is(HttpStatusCode.Accepted);
        worker.Thaw();
        await Eventually.HoldsAsync(async () => await service.ScalarAsync<long>("select count(*) from mt_events") == names.Count, "all is applied");
        (await service.ScalarAsync<string>("select string_agg(data->'author'->>'name', ',' order by seq_id) from mt_events")).ShouldBe(string.Join(',', names));

        // Batches are acknowledged behind their commits.
        (await worker.StopAsync()).ShouldBe(0);
        await using var connection = await service.ConnectToBrokerAsync();
        await using var channel = await connection.CreateChannelAsync();
        await Eventually.HoldsAsync(async () => await channel.ConsumerCountAsync(CommandQueue.Name) == 0, "the worker is gone");
        (await channel.MessageCountAsync(CommandQueue.Name)).ShouldBe(0u);
    }
}
