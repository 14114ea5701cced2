namespace Library.Simulation;

/// <summary>
/// A connection from a process to a server, in both directions in order. It breaks for its two ends at different moments; what was on the
/// way by then may still arrive.
/// </summary>
internal sealed class Session
{
    private readonly Scheduler _scheduler;
    private readonly Machine _client;
    private readonly Func<Exception> _fault;
    private readonly HashSet<Action<Exception>> _waiting = [];
    private readonly Queue<Action> _inbox = new();
    private readonly Way _toServer = new();
    private readonly Way _toClient = new();
    private bool _silent;

    public Session(Scheduler scheduler, Machine client, Func<Exception> fault)
    {
        (_scheduler, _client, _fault) = (scheduler, client, fault);
        client.Died += () => EndAtServer(scheduler.Between(0, 200));
    }

    /// <summary>The client knows that it is broken.</summary>
    public bool IsLost { get; private set; }

    /// <summary>The server has given it up.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>At the server: what it held for the client is free.</summary>
    public event Action? Ended;

    /// <summary>At the client, in its process.</summary>
    public event Action? Lost;

    public Machine Client => _client;

    /// <summary>Asks the server; it answers when it can.</summary>
    public Task<T> CallAsync<T>(Action<Action<T>, Action<Exception>> serve, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (IsLost) return Task.FromException<T>(_fault());
        var answer = new TaskCompletionSource<T>();
        void Fail(Exception fault) => answer.TrySetException(fault);
        _waiting.Add(Fail);
        // A call that is given up takes its connection with it: nobody knows how far it came.
        var registration = cancellation.Register(() =>
        {
            if (answer.TrySetCanceled(cancellation)) Lose();
        });
        ToServer(() => serve(
            result => ToClient(() => answer.TrySetResult(result)),
            fault => ToClient(() => answer.TrySetException(fault))));
        return FinishAsync();

        async Task<T> FinishAsync()
        {
            try
            {
                return await answer.Task;
            }
            finally
            {
                _waiting.Remove(Fail);
                // Not disposed: that would wait, on another thread, when it is the one that is running.
                registration.Unregister();
            }
        }
    }

    public void ToServer(Action arrives) => Send(_toServer, () =>
    {
        if (!HasEnded) arrives();
    });

    public void ToClient(Action arrives) => Send(_toClient, () =>
    {
        // In order, even if the process wakes up to many at once.
        _inbox.Enqueue(arrives);
        _client.Run(() =>
        {
            if (_inbox.TryDequeue(out var first) && !IsLost) first();
        });
    });

    /// <summary>Breaks now, on the way: each end learns of it in its own time.</summary>
    public void Break()
    {
        _silent = true;
        EndAtServer(_scheduler.Between(0, 3000));
        _scheduler.After(_scheduler.Between(0, 3000), () => _client.Run(Lose));
    }

    /// <summary>The server ends it: what it has answered before still arrives.</summary>
    public void EndNow()
    {
        if (HasEnded) return;
        HasEnded = true;
        Ended?.Invoke();
        _scheduler.After(_scheduler.Latency(), () => _client.Run(Lose));
    }

    /// <summary>The client closes it.</summary>
    public void Close()
    {
        if (IsLost) return;
        IsLost = true;
        Send(_toServer, End);
    }

    private void EndAtServer(TimeSpan after) => _scheduler.After(after, End);

    private void End()
    {
        if (HasEnded) return;
        HasEnded = true;
        Ended?.Invoke();
    }

    private void Lose()
    {
        if (IsLost) return;
        IsLost = true;
        EndAtServer(_scheduler.Between(0, 100));
        Lost?.Invoke();
        foreach (var fail in _waiting.ToArray()) fail(_fault());
    }

    /// <summary>In order, and in a broken connection nothing any more after the first thing that is lost.</summary>
    private void Send(Way way, Action arrives)
    {
        if (way.IsCut) return;
        var at = _scheduler.Now + _scheduler.Latency();
        way.Last = at = at > way.Last ? at : way.Last + TimeSpan.FromTicks(1);
        _scheduler.After(at - _scheduler.Now, () =>
        {
            way.IsCut |= _silent && _scheduler.Chance(0.5);
            if (!way.IsCut) arrives();
        });
    }

    private sealed class Way
    {
        public TimeSpan Last { get; set; }

        public bool IsCut { get; set; }
    }
}
