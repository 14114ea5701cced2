using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Library.Hosting.Events;
using Library.Testing;
using RabbitMQ.Client;

namespace Library.Bench.Measurements;

/// <summary>From an event's commit to its arrival at a subscriber of RabbitMQ, at 100 commands a second over HTTP; beside a bare message, from its publish to its arrival.</summary>
internal sealed class CommitToSubscriber : IMeasurement
{
    public string Name => "commit-to-subscriber";

    public async Task<IReadOnlyList<Result>> RunAsync(Workbench bench)
    {
        var count = (int)(bench.Load / Pace.Interval);
        await using var service = await bench.CreateServiceAsync();
        var (api, _) = await service.StartAsync();
        await using var commits = await Commits.ListenAsync(service);
        await using var connection = await service.ConnectToBrokerAsync();
        var arrivals = await SubscribeAsync(connection);
        await using var bare = await BareMessages.OpenAsync(await bench.Servers.CreateVhostAsync());

        var (slowest, bareSlowest) = (new List<double>(), new List<double>());
        var sides = await bench.CompareAsync(
            async () =>
            {
                var before = commits.Times.Length;
                arrivals.Clear();
                await Pace.RunAsync(count, async () =>
                {
                    using var answer = await api.SendAsync(HttpMethod.Post, "/v1/authors", Sample.AuthorJson, wait: false);
                });
                await Eventually.HoldsAsync(() => arrivals.Count == count, "every event arrives");
                var times = commits.LatenciesOf(arrivals, before);
                slowest.Add(Figures.Percentile(times, 0.99));
                return Figures.Median(times);
            },
            async () =>
            {
                bare.Latencies.Clear();
                await Pace.RunAsync(count, bare.PublishAsync);
                await Eventually.HoldsAsync(() => bare.Latencies.Count == count, "every bare message arrives");
                bareSlowest.Add(Figures.Percentile(bare.Latencies, 0.99));
                return Figures.Median(bare.Latencies);
            });
        return
        [
            new("commit → subscriber at 100 commands/s, p50 ÷ bare publish → consume", "ms", sides[0], sides[1], Goal.OursAtMost(5, "ms")),
            new("commit → subscriber at 100 commands/s, p99 ÷ bare publish → consume", "ms", [.. slowest.Skip(1)], [.. bareSlowest.Skip(1)], Goal.OursAtMost(25, "ms")),
        ];
    }

    private static async Task<ConcurrentBag<Arrival>> SubscribeAsync(IConnection connection)
    {
        var arrivals = new ConcurrentBag<Arrival>();
        var channel = await connection.CreateChannelAsync();
        var queue = (await channel.QueueDeclareAsync()).QueueName;
        foreach (var type in EventType.All)
        {
            await channel.ExchangeDeclareAsync(type.Exchange, ExchangeType.Fanout, durable: true);
            await channel.QueueBindAsync(queue, type.Exchange, "");
        }

        await channel.ConsumeAsync(queue, autoAck: true, message =>
        {
            var now = Stopwatch.GetTimestamp();
            arrivals.Add(new(JsonSerializer.Deserialize<JsonElement>(message.Body.Span).GetProperty("occurredAt").GetDateTime(), now));
            return ValueTask.CompletedTask;
        });
        return arrivals;
    }
}

/// <summary>Persistent messages that carry the time of their publish, to a queue like a subscriber's.</summary>
internal sealed class BareMessages(IConnection near, IConnection far) : IAsyncDisposable
{
    private const string Exchange = "bare";
    private IChannel? _publishing;

    public ConcurrentBag<double> Latencies { get; } = [];

    public static async Task<BareMessages> OpenAsync(Uri vhost)
    {
        var factory = new ConnectionFactory { Uri = vhost };
        var messages = new BareMessages(await factory.CreateConnectionAsync(), await factory.CreateConnectionAsync());
        await messages.OpenAsync();
        return messages;
    }

    public async Task PublishAsync()
    {
        var body = new byte[500];
        BitConverter.TryWriteBytes(body, Stopwatch.GetTimestamp());
        await _publishing!.BasicPublishAsync(Exchange, "", mandatory: false, new BasicProperties { Persistent = true }, body);
    }

    public async ValueTask DisposeAsync()
    {
        await near.DisposeAsync();
        await far.DisposeAsync();
    }

    private async Task OpenAsync()
    {
        var consuming = await far.CreateChannelAsync();
        var queue = (await consuming.QueueDeclareAsync()).QueueName;
        await consuming.ExchangeDeclareAsync(Exchange, ExchangeType.Fanout, durable: true);
        await consuming.QueueBindAsync(queue, Exchange, "");
        await consuming.ConsumeAsync(queue, autoAck: true, message =>
        {
            Latencies.Add(Stopwatch.GetElapsedTime(BitConverter.ToInt64(message.Body.Span)).TotalMilliseconds);
            return ValueTask.CompletedTask;
        });
        _publishing = await near.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
    }
}
