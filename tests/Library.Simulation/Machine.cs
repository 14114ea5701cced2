namespace Library.Simulation;

/// <summary>
/// A process: where its continuations run, and its clock. Killed, none of them runs any more, whatever it waits for; frozen, they wait. Each
/// continuation is an event of its own, a moment after what it waited for, so those of several flows interleave at every await.
/// </summary>
internal sealed class Machine(Scheduler scheduler, string name) : SynchronizationContext
{
    private readonly List<Action> _held = [];
    private bool _frozen;

    /// <summary>Called before each continuation: where chance may strike.</summary>
    public Action<Machine>? AtAwait { get; set; }

    public string Name => name;

    public bool IsFrozen => _frozen;

    public bool IsAlive { get; private set; } = true;

    public Clock Time => field ??= new Clock(scheduler, this);

    /// <summary>What ends with the process, such as its connections.</summary>
    public event Action? Died;

    public event Action? Froze;

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (scheduler.Takes() && IsAlive) scheduler.After(scheduler.Between(0, 0.02), () => Run(() => d(state)));
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException();

    /// <summary>Runs on this machine, now if it can.</summary>
    public void Run(Action action)
    {
        if (!IsAlive) return;
        if (_frozen)
        {
            _held.Add(action);
            return;
        }

        AtAwait?.Invoke(this);
        if (!IsAlive) return;
        if (_frozen)
        {
            _held.Add(action);
            return;
        }

        var outer = Current;
        SetSynchronizationContext(this);
        try
        {
            action();
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }

    public void Kill()
    {
        if (!IsAlive) return;
        IsAlive = false;
        scheduler.Note($"{name} dies");
        Died?.Invoke();
    }

    public void Freeze(TimeSpan duration)
    {
        if (!IsAlive || _frozen) return;
        _frozen = true;
        scheduler.Note($"{name} freezes for {duration.TotalSeconds:0.0} s");
        Froze?.Invoke();
        scheduler.After(duration, Thaw);
    }

    private void Thaw()
    {
        _frozen = false;
        if (!IsAlive) return;
        scheduler.Note($"{name} thaws");
        foreach (var action in _held) scheduler.After(scheduler.Between(0, 1), () => Run(action));
        _held.Clear();
    }
}

/// <summary>The scheduler's time, as a process sees it: its timers ring in the process.</summary>
internal sealed class Clock(Scheduler scheduler, Machine machine) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => scheduler.Clock;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => scheduler.Now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(scheduler, machine, () => callback(state));
        scheduler.Keep(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(Scheduler scheduler, Machine machine, Action ring) : ITimer
    {
        private int _setting;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var setting = ++_setting;
            if (dueTime >= TimeSpan.Zero) Ring(setting, dueTime, period);
            return true;
        }

        public void Dispose() => _setting++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Ring(int setting, TimeSpan dueTime, TimeSpan period) => scheduler.After(dueTime, () => machine.Run(() =>
        {
            if (setting != _setting) return;
            if (period > TimeSpan.Zero) Ring(setting, period, period);
            ring();
        }));
    }
}
