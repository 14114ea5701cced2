using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Library.Hosting.Events;
using Library.Testing;
using Library.Testing.Hosts;
using RabbitMQ.Client;

namespace Library.Bench.Measurements;

/// <summary>From an event's commit to its arrival at a subscriber of RabbitMQ, at 100 commands a second over HTTP; beside a bare message, from its publish to its arrival.</summary>
internal sealed class CommitToSubscriber : IMeasurement
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    public string Name => "commit-to-subscriber";

    public async Task<IReadOnlyList<Result>> RunAsync(Workbench bench)
    {
        var count = (int)(bench.Load / Interval);
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
                await PaceAsync(count, async () =>
                {
                    using var answer = await api.SendAsync(HttpMethod.Post, "/v1/authors", Sample.AuthorJson, wait: false);
                });
                await Eventually.HoldsAsync(() => arrivals.Count == count, "every event arrives");
                var times = Latencies(commits.Times[before..], [.. arrivals]);
                slowest.Add(Figures.Percentile(times, 0.99));
                return Figures.Median(times);
            },
            async () =>
            {
                bare.Latencies.Clear();
                await PaceAsync(count, bare.PublishAsync);
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

    /// <summary>All events of a transaction have its time, and no other transaction's have.</summary>
    private static double[] Latencies(long[] commits, Arrival[] arrivals)
    {
        var transactions = arrivals.Select(arrival => arrival.OccurredAt).Distinct().Order().ToArray();
        if (transactions.Length != commits.Length) throw new InvalidOperationException($"{transactions.Length} transactions arrived, {commits.Length} were committed.");
        return Array.ConvertAll(arrivals, arrival => Stopwatch.GetElapsedTime(commits[Array.BinarySearch(transactions, arrival.OccurredAt)], arrival.At).TotalMilliseconds);
    }

    /// <summary>Starts the action at even intervals, whether or not the one before has ended.</summary>
    private static async Task PaceAsync(int count, Func<Task> action)
    {
        using var timer = new PeriodicTimer(Interval);
        var running = new List<Task>(count);
        for (var i = 0; i < count && await timer.WaitForNextTickAsync(); i++) running.Add(action());
        await Task.WhenAll(running);
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

    private readonly record struct Arrival(DateTime OccurredAt, long At);
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
