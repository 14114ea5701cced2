using System.Net;
using Library.Hosting.Messaging;
using Library.Testing;
using Library.Testing.Hosts;
using RabbitMQ.Client;

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
    public async Task Nothing_that_is_applied_is_left_in_the_queue()
    {
        await using var service = await LibraryService.CreateAsync(servers);
        await using var recorder = await EventRecorder.StartAsync(service);
        var (api, worker) = await service.StartAsync();
        worker.Freeze();
        var accepted = await Load.SendAsync([api], Commands);
        worker.Thaw();
        await Load.AppliedOnceAsync(service, recorder, accepted);
        // Batches are acknowledged behind their commits.
        (await worker.StopAsync()).ShouldBe(0);

        await using var connection = await service.ConnectToBrokerAsync();
        await using var channel = await connection.CreateChannelAsync();
        await Eventually.HoldsAsync(async () => await channel.ConsumerCountAsync(CommandQueue.Name) == 0, "the worker is gone");
        (await channel.MessageCountAsync(CommandQueue.Name)).ShouldBe(0u);
    }
}
