using System.Diagnostics;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Library.LoadCatalog;

/// <summary>
/// Watches the catalog's events through a queue of its own, and checks that one arrives for each record, in position order, with none
/// missing in between.
/// </summary>
internal sealed class EventWatch : IAsyncDisposable
{
    private static readonly string[] EventTypes =
        ["AuthorCreated", "AuthorUpdated", "AuthorDeleted", "AuthorRestored", "BookCreated", "BookUpdated", "BookDeleted", "BookRestored", "ImportCompleted"];

    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _queue = $"load-catalog-{Guid.CreateVersion7():N}";
    private readonly HashSet<Guid> _awaited;
    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private long _lastPosition;
    private long _lastArrival = Stopwatch.GetTimestamp();

    private EventWatch(IConnection connection, IChannel channel, IEnumerable<Guid> ids) => (_connection, _channel, _awaited) = (connection, channel, [.. ids]);

    /// <summary>Records whose creation was not published yet.</summary>
    public IReadOnlyCollection<Guid> Missing => _awaited;

    /// <summary>Events between the first and the last of ours, repeats left out.</summary>
    public int Seen { get; private set; }

    /// <summary>Deliveries of an event that was delivered before; at least once is what the broker promises.</summary>
    public int Repeats { get; private set; }

    /// <summary>Events whose <c>previousPosition</c> is not that of the event before.</summary>
    public int Gaps { get; private set; }

    /// <summary>When an event last arrived, as a <see cref="Stopwatch"/> timestamp.</summary>
    public long LastArrival => Interlocked.Read(ref _lastArrival);

    public static async Task<EventWatch> OpenAsync(Uri broker, IEnumerable<Guid> ids)
    {
        // The client opens a lost connection again by itself; the queue is durable, so it keeps what arrives meanwhile.
        var connection = await new ConnectionFactory { Uri = broker, NetworkRecoveryInterval = TimeSpan.FromSeconds(1) }.CreateConnectionAsync("load-catalog");
        var watch = new EventWatch(connection, await connection.CreateChannelAsync(), ids);
        await watch.SubscribeAsync();
        return watch;
    }

    /// <summary>Returns when all have arrived, or when none has for as long as the patience lasts.</summary>
    public async Task WaitAsync(TimeSpan patience)
    {
        while (!_complete.Task.IsCompleted && Stopwatch.GetElapsedTime(LastArrival) < patience)
            await Task.WhenAny(_complete.Task, Task.Delay(TimeSpan.FromSeconds(1)));
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.QueueDeleteAsync(_queue);
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task SubscribeAsync()
    {
        // An hour after its last consumer is gone the broker drops it, should this program be killed.
        var arguments = new Dictionary<string, object?> { ["x-queue-type"] = "quorum", ["x-expires"] = 3_600_000 };
        await _channel.QueueDeclareAsync(_queue, durable: true, exclusive: false, autoDelete: false, arguments);
        foreach (var type in EventTypes)
        {
            // One exchange an event type. Declared here as well: a worker that has never run has not made it yet.
            var exchange = $"Library.Contracts.Events:{type}";
            await _channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true);
            await _channel.QueueBindAsync(_queue, exchange, routingKey: "");
        }

        await _channel.BasicQosAsync(0, prefetchCount: 500, global: false);
        var consumer = new AsyncEventingBasicConsumer(_channel);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            Take(delivery.Exchange.Split(':')[1], JsonSerializer.Deserialize<CatalogEvent>(delivery.Body.Span, JsonSerializerOptions.Web)!);
            await _channel.BasicAckAsync(delivery.DeliveryTag, multiple: false);
        };
        await _channel.BasicConsumeAsync(_queue, autoAck: false, consumer);
    }

    private void Take(string type, CatalogEvent arrived)
    {
        lock (_gate)
        {
            var isOurs = type.EndsWith("Created", StringComparison.Ordinal) && _awaited.Remove((arrived.Author ?? arrived.Book)!.Id);
            // Before the first of ours events may have passed while the queue was being bound.
            if (_lastPosition == 0 && !isOurs) return;
            if (arrived.Position <= _lastPosition)
            {
                Repeats++;
                return;
            }

            if (_lastPosition != 0 && arrived.PreviousPosition != _lastPosition) Gaps++;
            _lastPosition = arrived.Position;
            Seen++;
            Interlocked.Exchange(ref _lastArrival, Stopwatch.GetTimestamp());
            if (_awaited.Count == 0) _complete.TrySetResult();
        }
    }

    private sealed record CatalogEvent(long Position, long PreviousPosition, Resource? Author, Resource? Book);

    private sealed record Resource(Guid Id);
}
