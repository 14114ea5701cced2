using Library.Hosting.Messaging;
using Library.Testing.Hosts;
using RabbitMQ.Client;

namespace Library.Bench.Measurements;

/// <summary>Commands accepted over HTTP, each confirmed by the broker, beside Kestrel with one confirmed publish to a queue of the same kind.</summary>
internal sealed class AcceptedCommands : IMeasurement
{
    public string Name => "accepted";

    public async Task<IReadOnlyList<Result>> RunAsync(Workbench bench)
    {
        await using var service = await bench.CreateServiceAsync();
        // No worker: accepting is what is measured, and it does not need one.
        var api = service.StartApi();
        await api.WhenReadyAsync();
        using var answer = await api.SendAsync(HttpMethod.Post, "/v1/authors", Sample.AuthorJson, wait: false);

        var vhost = await bench.Servers.CreateVhostAsync();
        await using var ours = await OpenAsync(service.RabbitMq);
        await using var theirs = await OpenAsync(vhost);
        await using var twin = await TwinProcess.StartAsync(
            "publish", ("RabbitMq", vhost.ToString()), ("Exchange", CommandQueue.Name), ("Answer", await answer.Content.ReadAsStringAsync()));

        var script = Wrk.PostScript(Sample.AuthorJson);
        var sides = await bench.CompareAsync(() => PostAsync(api, ours), () => PostAsync(twin, theirs));
        return [new("commands accepted over HTTP ÷ Kestrel + one confirmed publish", "commands/s", sides[0], sides[1], Goal.RatioAtLeast(0.80))];

        async Task<double> PostAsync(HostProcess host, IChannel queue)
        {
            var rate = await new Wrk(new Uri(host.Url, "/v1/authors"), script).RunAsync(bench.Load);
            // Every round begins with an empty queue.
            await queue.QueuePurgeAsync(CommandQueue.Name);
            return rate;
        }
    }

    private static async Task<IChannel> OpenAsync(Uri vhost)
    {
        var connection = await new ConnectionFactory { Uri = vhost }.CreateConnectionAsync();
        var channel = await connection.CreateChannelAsync();
        await CommandQueue.DeclareAsync(channel, CancellationToken.None);
        return channel;
    }
}
