using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Library.Testing.Hosts;

/// <summary>An event as a consumer that has never heard of .NET gets it.</summary>
public sealed record RecordedEvent(string Exchange, IReadOnlyBasicProperties Properties, JsonElement Body)
{
    /// <summary>E.g. <c>AuthorCreated</c>.</summary>
    public string Type => Exchange[(Exchange.IndexOf(':', StringComparison.Ordinal) + 1)..];

    public long Position => Body.GetProperty("position").GetInt64();

    public long PreviousPosition => Body.GetProperty("previousPosition").GetInt64();
}

/// <summary>A subscriber of all event types that keeps all it gets, repeats included.</summary>
public sealed class EventRecorder : IAsyncDisposable
{
    private static readonly string[] Types =
        ["AuthorCreated", "AuthorUpdated", "AuthorDeleted", "AuthorRestored", "BookCreated", "BookUpdated", "BookDeleted", "BookRestored", "ImportCompleted"];

    private readonly Lock _gate = new();
    private readonly List<RecordedEvent> _events = [];
    private readonly IConnection _connection;

    private EventRecorder(IConnection connection) => _connection = connection;

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<RecordedEvent> Events
    {
        get
        {
            lock (_gate) return [.. _events];
        }
    }

    /// <summary>Without repeats: each event at its first delivery.</summary>
    public IReadOnlyList<RecordedEvent> FirstDeliveries => [.. Events.DistinctBy(recorded => recorded.Position)];

    public static async Task<EventRecorder> StartAsync(LibraryService service)
    {
        var recorder = new EventRecorder(await service.ConnectToBrokerAsync());
        var channel = await recorder._connection.CreateChannelAsync();
        var queue = (await channel.QueueDeclareAsync()).QueueName;
        foreach (var exchange in Types.Select(type => "Library.Contracts.Events:" + type))
        {
            await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true);
            await channel.QueueBindAsync(queue, exchange, routingKey: "");
        }

        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += recorder.RecordAsync;
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer);
        return recorder;
    }

    public Task UntilAsync(Func<IReadOnlyList<RecordedEvent>, bool> condition, string what) => Eventually.HoldsAsync(() => condition(Events), what);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private Task RecordAsync(object sender, BasicDeliverEventArgs message)
    {
        // The body's buffer is the client's, and used again.
        var body = JsonSerializer.Deserialize<JsonElement>(message.Body.Span);
        var recorded = new RecordedEvent(message.Exchange, new BasicProperties(message.BasicProperties), body);
        lock (_gate) _events.Add(recorded);
        return Task.CompletedTask;
    }
}
