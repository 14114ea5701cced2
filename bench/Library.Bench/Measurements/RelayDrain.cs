using System.Diagnostics;
using Library.Hosting.Events;
using Library.Testing;
using Library.Testing.Hosts;
using Npgsql;
using RabbitMQ.Client;

namespace Library.Bench.Measurements;

/// <summary>
/// The relay publishing events that wait for it, beside a bare program that publishes the very messages, pipelined and confirmed. In both
/// a durable quorum queue takes them all.
/// </summary>
internal sealed class RelayDrain : IMeasurement
{
    /// <summary>Confirms that the twin leaves outstanding.</summary>
    private const ulong Window = 1000;

    private const string Queue = "subscriber";

    public string Name => "relay";

    public async Task<IReadOnlyList<Result>> RunAsync(Workbench bench)
    {
        var count = bench.Quick ? 5_000 : 60_000;
        await using var service = await bench.CreateServiceAsync();
        // No API: its queue of evictions would be a second subscriber, which the twin has not.
        var worker = service.StartWorker();
        await worker.WhenReadyAsync();
        await using var connection = await service.ConnectToBrokerAsync();
        await using var channel = await connection.CreateChannelAsync();
        await BindAsync(channel);
        await using (var feed = await CommandFeed.StartAsync(service.RabbitMq)) await feed.PublishAsync(new CommandMix().Next(count));
        await Eventually.HoldsAsync(async () => await channel.MessageCountAsync(Queue) == count, "every event has been relayed");
        var messages = await TakeAsync(channel, count);

        var vhost = await bench.Servers.CreateVhostAsync();
        await using var twinConnection = await new ConnectionFactory { Uri = vhost }.CreateConnectionAsync();
        await using var publishing = await twinConnection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: false));
        await BindAsync(publishing);
        using var confirms = new Confirms(publishing);

        var sides = await bench.CompareAsync(
            async () =>
            {
                var rate = count / (await DrainAsync(service, worker)).TotalSeconds;
                if (await channel.QueuePurgeAsync(Queue) is var relayed && relayed != count) throw new InvalidOperationException($"Of {count} events {relayed} were relayed.");
                return rate;
            },
            async () =>
            {
                var start = Stopwatch.GetTimestamp();
                foreach (var (exchange, properties, body) in messages)
                {
                    await confirms.RoomAsync(Window);
                    await publishing.BasicPublishAsync(exchange, "", mandatory: false, properties, body);
                    confirms.Published++;
                }

                await confirms.RoomAsync(1);
                var rate = count / Stopwatch.GetElapsedTime(start).TotalSeconds;
                await publishing.QueuePurgeAsync(Queue);
                return rate;
            });
        return [new("relay drain ÷ bare confirmed publish of the same messages", "events/s", sides[0], sides[1], Goal.RatioAtLeast(0.80))];
    }

    /// <summary>Sets the relay back to the beginning while its worker is stopped, and times it from there.</summary>
    private static async Task<TimeSpan> DrainAsync(LibraryService service, HostProcess worker)
    {
        var end = await service.ScalarAsync<long>("select position from relay_position");
        while (true)
        {
            worker.Freeze();
            try
            {
                await service.ScalarAsync<object>("set lock_timeout = 200; update relay_position set position = 0; set lock_timeout = 0");
                break;
            }
            catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.LockNotAvailable)
            {
                // Stopped within its look at the position, which it has locked then.
                worker.Thaw();
            }
        }

        var start = Stopwatch.GetTimestamp();
        worker.Thaw();
        await service.ScalarAsync<object>("notify library_events");
        while (await service.ScalarAsync<long>("select position from relay_position") < end) await Task.Delay(2);
        return Stopwatch.GetElapsedTime(start);
    }

    private static async Task BindAsync(IChannel channel)
    {
        await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        foreach (var type in EventType.All)
        {
            await channel.ExchangeDeclareAsync(type.Exchange, ExchangeType.Fanout, durable: true);
            await channel.QueueBindAsync(Queue, type.Exchange, "");
        }
    }

    private static async Task<(string Exchange, BasicProperties Properties, byte[] Body)[]> TakeAsync(IChannel channel, int count)
    {
        var messages = new List<(string, BasicProperties, byte[])>(count);
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var tag = await channel.ConsumeAsync(Queue, autoAck: true, message =>
        {
            messages.Add((message.Exchange, new BasicProperties(message.BasicProperties), message.Body.ToArray()));
            if (messages.Count == count) all.SetResult();
            return ValueTask.CompletedTask;
        });
        await all.Task;
        await channel.BasicCancelAsync(tag);
        return [.. messages];
    }

    /// <summary>Counts what the broker has not confirmed yet.</summary>
    private sealed class Confirms : IDisposable
    {
        private readonly SemaphoreSlim _confirmed = new(0);
        private ulong _lastConfirmed;

        public Confirms(IChannel channel) =>
            channel.BasicAcksAsync += (_, ack) =>
            {
                // Confirms of one queue come in order.
                Volatile.Write(ref _lastConfirmed, Math.Max(Volatile.Read(ref _lastConfirmed), ack.DeliveryTag));
                _confirmed.Release();
                return Task.CompletedTask;
            };

        public ulong Published { get; set; }

        /// <summary>Waits until fewer than that many are outstanding.</summary>
        public async Task RoomAsync(ulong window)
        {
            while (Published - Volatile.Read(ref _lastConfirmed) >= window) await _confirmed.WaitAsync();
        }

        public void Dispose() => _confirmed.Dispose();
    }
}
