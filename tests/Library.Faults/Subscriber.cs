using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Library.Faults;

/// <param name="Data">The event's body.</param>
internal sealed record ReceivedEvent(long Position, long PreviousPosition, string Type, JsonElement Data)
{
    public JsonElement State => Data.GetProperty(Type[..Type.IndexOfAny(['C', 'D', 'R', 'U'], 1)].ToLowerInvariant());
}

/// <summary>
/// Another system, with a queue of its own that outlives broker and connection. It does as the contract says: it ignores every position
/// that is not greater than the last.
/// </summary>
internal sealed class Subscriber : IAsyncDisposable
{
    private const string Queue = "faults-subscriber";

    private static readonly string[] Types =
        ["AuthorCreated", "AuthorUpdated", "AuthorDeleted", "AuthorRestored", "BookCreated", "BookUpdated", "BookDeleted", "BookRestored", "ImportCompleted"];

    public static readonly string[] Exchanges = [.. Types.Select(type => "Library.Contracts.Events:" + type)];

    private readonly CancellationTokenSource _end = new();
    private readonly ConnectionFactory _broker;
    private readonly Lock _gate = new();
    private readonly List<ReceivedEvent> _events = [];
    private readonly List<long> _late = [];
    private Task _running = Task.CompletedTask;

    private Subscriber(Uri broker) => _broker = new ConnectionFactory { Uri = broker, AutomaticRecoveryEnabled = false };

    /// <summary>Without repeats, in the order in which they came.</summary>
    public IReadOnlyList<ReceivedEvent> Events
    {
        get
        {
            lock (_gate) return [.. _events];
        }
    }

    /// <summary>Of events that first came behind a later one.</summary>
    public IReadOnlyList<long> Late
    {
        get
        {
            lock (_gate) return [.. _late];
        }
    }

    /// <summary>0 before the first.</summary>
    public long LastPosition
    {
        get
        {
            lock (_gate) return _events.Count == 0 ? 0 : _events[^1].Position;
        }
    }

    public static async Task<Subscriber> StartAsync(Uri broker)
    {
        var subscriber = new Subscriber(broker);
        var consuming = new TaskCompletionSource();
        subscriber._running = subscriber.RunAsync(consuming);
        await consuming.Task;
        return subscriber;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        _end.Dispose();
    }

    private async Task RunAsync(TaskCompletionSource consuming)
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await ConsumeAsync(consuming);
            }
            catch (Exception fault) when (fault is RabbitMQClientException or IOException or ObjectDisposedException or OperationCanceledException or TimeoutException)
            {
                // The broker is being restarted, or the test is over.
            }
        }
    }

    private async Task ConsumeAsync(TaskCompletionSource consuming)
    {
        await using var connection = await _broker.CreateConnectionAsync(_end.Token);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: _end.Token);
        await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        foreach (var exchange in Exchanges)
        {
            await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true);
            await channel.QueueBindAsync(Queue, exchange, routingKey: "");
        }

        var lost = new TaskCompletionSource();
        channel.ChannelShutdownAsync += (_, _) =>
        {
            lost.TrySetResult();
            return Task.CompletedTask;
        };
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, message) =>
        {
            Keep(message);
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false);
        };
        await channel.BasicQosAsync(0, 500, global: false);
        await channel.BasicConsumeAsync(Queue, autoAck: false, consumer);
        consuming.TrySetResult();
        await lost.Task.WaitAsync(_end.Token);
    }

    private void Keep(BasicDeliverEventArgs message)
    {
        var body = JsonSerializer.Deserialize<JsonElement>(message.Body.Span);
        var received = new ReceivedEvent(
            body.GetProperty("position").GetInt64(), body.GetProperty("previousPosition").GetInt64(), message.Exchange.Split(':')[^1], body);
        lock (_gate)
        {
            if (_events.Count == 0 || received.Position > _events[^1].Position) _events.Add(received);
            else if (!_events.Exists(one => one.Position == received.Position)) _late.Add(received.Position);
        }
    }
}
