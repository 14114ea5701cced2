namespace Library.Simulation;

/// <summary>
/// A durable queue: one consumer is active, the others wait for its end, unless they share; what one did not acknowledge is delivered again, before all
/// that came later, in order.
/// </summary>
internal sealed class SimulatedQueue<T>(Scheduler scheduler, string name, bool singleActive = true) where T : notnull
{
    private readonly LinkedList<T> _ready = new();
    private readonly List<Consumer> _consumers = [];

    public int Count => _ready.Count + _consumers.Sum(consumer => consumer.Unacknowledged.Count);

    /// <summary>Everything that was ever put in, in order.</summary>
    public List<T> History { get; } = [];

    public void Enqueue(T message)
    {
        History.Add(message);
        _ready.AddLast(message);
        Deliver();
    }

    public Consumer Subscribe(Session session, int prefetch, Action<ulong, T> arrives)
    {
        var consumer = new Consumer(session, prefetch, arrives);
        _consumers.Add(consumer);
        session.Ended += () => Leave(consumer);
        Deliver();
        return consumer;
    }

    public void Acknowledge(Consumer consumer, ulong tag, bool multiple)
    {
        while (consumer.Unacknowledged.First is { } first && (multiple ? first.Value.Tag <= tag : first.Value.Tag == tag)) consumer.Unacknowledged.RemoveFirst();
        Deliver();
    }

    private void Leave(Consumer consumer)
    {
        _consumers.Remove(consumer);
        if (consumer.Unacknowledged.Count > 0) scheduler.Note($"{name}: {consumer.Unacknowledged.Count} of {consumer.Session.Client.Name} come again");
        while (consumer.Unacknowledged.Last is { } last)
        {
            _ready.AddFirst(last.Value.Message);
            consumer.Unacknowledged.RemoveLast();
        }

        Deliver();
    }

    private void Deliver()
    {
        foreach (var consumer in singleActive ? _consumers.Take(1) : _consumers) Deliver(consumer);
    }

    private void Deliver(Consumer active)
    {
        while (active.Unacknowledged.Count < active.Prefetch && _ready.First is { } first)
        {
            _ready.RemoveFirst();
            var (tag, message) = (++active.LastTag, first.Value);
            active.Unacknowledged.AddLast((tag, message));
            active.Session.ToClient(() => active.Arrives(tag, message));
        }
    }

    internal sealed class Consumer(Session session, int prefetch, Action<ulong, T> arrives)
    {
        public Session Session => session;
        public int Prefetch => prefetch;
        public Action<ulong, T> Arrives => arrives;
        public ulong LastTag { get; set; }
        public LinkedList<(ulong Tag, T Message)> Unacknowledged { get; } = new();
    }
}
