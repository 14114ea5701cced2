using System.Diagnostics;
using System.Globalization;

namespace Library.Simulation;

/// <summary>
/// One thread, one clock that jumps from event to event, one source of chance: the same seed gives the same run. Everything that happens,
/// on whatever machine of the simulated ones, is an event here.
/// </summary>
internal sealed class Scheduler(int seed, bool traced)
{
    /// <summary>Many times what the longest of many seeds took: a run that needs more has no end.</summary>
    private const int MostSteps = 200_000;

    private static readonly DateTimeOffset Epoch = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<Action, (long Ticks, long Order)> _events = new();
    private readonly List<string>? _trace = traced ? [] : null;
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly List<object> _kept = [];
    private long _order;
    private volatile string? _stray;
    private volatile bool _isOver;

    public Random Random { get; } = new(seed);

    /// <summary>Since the run began.</summary>
    public TimeSpan Now { get; private set; }

    public DateTimeOffset Clock => Epoch + Now;

    public int Steps { get; private set; }

    public IReadOnlyList<string> Trace => _trace ?? [];

    public bool Chance(double probability) => Random.NextDouble() < probability;

    public TimeSpan Between(double milliseconds, double most) => TimeSpan.FromTicks((long)((milliseconds + (Random.NextDouble() * (most - milliseconds))) * TimeSpan.TicksPerMillisecond));

    /// <summary>Time on the wire: short as a rule, now and then long enough for others to overtake.</summary>
    public TimeSpan Latency() => Random.Next(100) switch { < 90 => Between(0.05, 1), < 99 => Between(1, 50), _ => Between(50, 2000) };

    public void After(TimeSpan delay, Action happens) => _events.Enqueue(happens, ((Now + delay).Ticks, _order++));

    /// <summary>
    /// Whether a continuation belongs to this run. None may come from another thread: it would race, and the run could not be played again.
    /// Once it is over, finalizers of what it held may send some, to nobody.
    /// </summary>
    public bool Takes()
    {
        if (_isOver) return false;
        if (Environment.CurrentManagedThreadId == _thread) return true;
        _stray ??= new StackTrace().ToString();
        return false;
    }

    /// <summary>Until the run is over: the collector must end nothing of a process that died, such as its timers, in its own time.</summary>
    public void Keep(object part) => _kept.Add(part);

    public void End() => _isOver = true;

    /// <summary>Runs events until the condition holds; false: it does not by then.</summary>
    public bool RunUntil(Func<bool> condition, TimeSpan deadline)
    {
        while (!condition())
        {
            if (!_events.TryDequeue(out var happens, out var when) || when.Ticks > deadline.Ticks) return condition();
            Now = TimeSpan.FromTicks(when.Ticks);
            if (++Steps > MostSteps) throw new InvalidOperationException($"no end after {MostSteps} events, at {Now}");
            happens();
            if (_stray is { } stray) throw new InvalidOperationException($"a continuation came from another thread: {stray}");
        }

        return true;
    }

    public void Note(FormattableString what)
    {
        _trace?.Add(string.Create(CultureInfo.InvariantCulture, $"{Now.TotalMilliseconds,12:0.000} {FormattableString.Invariant(what)}"));
    }
}
