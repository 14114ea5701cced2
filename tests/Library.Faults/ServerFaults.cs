using Library.Hosting.Messaging;
using Library.Testing;
using RabbitMQ.Client;

namespace Library.Faults;

/// <summary>What goes wrong with messages, queues and servers.</summary>
internal sealed partial record Fault
{
    private static Task DuplicateAsync(Cluster cluster, Load load, Random random) => RepeatAsync(cluster, load, random, [CommandQueue.Name]);

    private static Task DuplicateEventsAsync(Cluster cluster, Load load, Random random) => RepeatAsync(cluster, load, random, Subscriber.Exchanges);

    /// <summary>Takes copies of what goes through the exchanges, and sends each twice more, in any order.</summary>
    private static async Task RepeatAsync(Cluster cluster, Load load, Random random, string[] exchanges)
    {
        await using var connection = await cluster.Service.ConnectToBrokerAsync();
        await using var channel = await connection.CreateChannelAsync();
        var copies = (await channel.QueueDeclareAsync()).QueueName;
        foreach (var exchange in exchanges) await channel.QueueBindAsync(copies, exchange, routingKey: "");
        var goal = load.Attempts.Count + 40;
        await Eventually.HoldsAsync(() => load.Attempts.Count >= goal, "there is something to repeat");
        foreach (var exchange in exchanges) await channel.QueueUnbindAsync(copies, exchange, routingKey: "");
        var messages = new List<BasicGetResult>();
        while (await channel.BasicGetAsync(copies, autoAck: true) is { } copy) messages.Add(copy);
        foreach (var copy in messages.Concat(messages).OrderBy(_ => random.Next()))
            await channel.BasicPublishAsync(copy.Exchange, "", mandatory: false, new BasicProperties(copy.BasicProperties), copy.Body);
    }

    private static async Task DeleteQueueAsync(Cluster cluster, Load load, Random random)
    {
        // What lies in a queue that someone deletes is gone: so it must hold nothing.
        await load.PauseAsync();
        await using var connection = await cluster.Service.ConnectToBrokerAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeleteAsync(CommandQueue.Name);
        load.Resume();
    }

    private static async Task RenewQueueAsync(Cluster cluster, Load load, Random random)
    {
        await load.PauseAsync();
        await using var connection = await cluster.Service.ConnectToBrokerAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeleteAsync(CommandQueue.Name);
        await CommandQueue.DeclareAsync(channel, CancellationToken.None);
        load.Resume();
    }

    private static async Task SlowAsync(Cluster cluster, Load load, Random random)
    {
        foreach (var link in cluster.Links) link.Delay(TimeSpan.FromMilliseconds(random.Next(20, 300)));
        await Task.Delay(random.Next(3_000, 8_000));
        foreach (var link in cluster.Links) link.Mend();
    }

    private static async Task AlarmAsync(Cluster cluster, Load load, Random random)
    {
        await cluster.Servers.ControlRabbitMqAsync("set_vm_memory_high_watermark", "absolute", "1MB");
        await Task.Delay(random.Next(1_000, 6_000));
        await cluster.Servers.ControlRabbitMqAsync("set_vm_memory_high_watermark", "absolute", "2GB");
    }

    private static async Task FillBrokerAsync(Cluster cluster, Load load, Random random)
    {
        // Below its limit the broker takes nothing more; it may also meet the very end of its disk before it has noticed.
        var toTheEnd = random.Next(2) == 0;
        cluster.Servers.RabbitMqDisk!.Fill(left: toTheEnd ? 0 : 100_000_000);
        await Task.Delay(random.Next(3_000, 10_000));
        cluster.Servers.RabbitMqDisk.Free();
        // Its log has failed then, and not every queue comes back before it is started anew.
        if (toTheEnd) cluster.Servers.Kill("rabbitmq");
        await BringBackAsync(cluster, "rabbitmq");
    }

    private static async Task FillPostgresAsync(Cluster cluster, Load load, Random random)
    {
        cluster.Servers.PostgresDisk!.Fill();
        await Task.Delay(random.Next(3_000, 10_000));
        cluster.Servers.PostgresDisk.Free();
        await BringBackAsync(cluster, "postgres");
    }

    /// <summary>As an operator does: a server that gave up at the end of its disk is started once there is room again.</summary>
    private static Task BringBackAsync(Cluster cluster, string server) => Eventually.HoldsAsync(
        async () =>
        {
            await cluster.Servers.StartAsync(server);
            if (server == "postgres") return await cluster.Service.ScalarAsync<int>("select 1") == 1;
            await using var connection = await cluster.Service.ConnectToBrokerAsync();
            return connection.IsOpen;
        },
        $"{server} is back");
}
