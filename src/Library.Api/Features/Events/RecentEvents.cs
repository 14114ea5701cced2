using Microsoft.Extensions.Options;

namespace Library.Api.Features.Events;

/// <summary>
/// The latest events, kept in memory once for all streams and bounded in number and bytes; the oldest are evicted. A stream keeps only its position,
/// so a slow one costs no memory; once it has fallen behind the oldest event here, it reads the database until it has caught up.
/// </summary>
internal sealed class RecentEvents(IOptions<FeedOptions> options)
{
    /// <summary>Maximum bytes returned by one call.</summary>
    private const int ChunkBytes = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly FeedEvent[] _ring = new FeedEvent[options.Value.RecentEvents];
    private TaskCompletionSource _changed = NewSource();
    private int _first;
    private int _count;
    private long _bytes;
    private long? _floor;
    private long _head;

    /// <summary>Ends with the next change. To be had before <see cref="After"/> is asked, so that no change falls in between.</summary>
    public Task Changed
    {
        get
        {
            lock (_gate) return _changed.Task;
        }
    }

    /// <summary>Position of the last event; null: the catalog's events are not being read.</summary>
    public long? Head
    {
        get
        {
            lock (_gate) return _floor is null ? null : _head;
        }
    }

    /// <summary>From now on every event after that position is added.</summary>
    public void Start(long position)
    {
        lock (_gate)
        {
            Empty();
            _floor = _head = position;
            Tell();
        }
    }

    public void Stop()
    {
        lock (_gate) Empty();
    }

    /// <param name="events">The events that follow the last one, in order and without gaps.</param>
    public void Add(IReadOnlyList<FeedEvent> events)
    {
        lock (_gate)
        {
            foreach (var added in events)
            {
                while (_count == _ring.Length || (_count > 0 && _bytes + added.Message.Length > options.Value.RecentBytes)) DropOldest();
                _ring[(_first + _count++) % _ring.Length] = added;
                _bytes += added.Message.Length;
                _head = added.Position;
            }

            Tell();
        }
    }

    /// <summary>The next events after a position, empty when there are none; null: not all of them are in memory.</summary>
    public FeedPage? After(long position)
    {
        lock (_gate)
        {
            if (_floor is null || position < _floor) return null;
            var events = new List<FeedEvent>();
            var bytes = 0;
            var next = IndexBehind(position);
            for (; next < _count && bytes < ChunkBytes; next++)
            {
                events.Add(At(next));
                bytes += events[^1].Message.Length;
            }

            return new FeedPage(events, events.Count == 0 ? position : events[^1].Position, More: next < _count);
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FeedEvent At(int index) => _ring[(_first + index) % _ring.Length];

    private int IndexBehind(long position)
    {
        var (low, high) = (0, _count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (At(middle).Position <= position) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private void DropOldest()
    {
        var oldest = At(0);
        (_floor, _bytes) = (oldest.Position, _bytes - oldest.Message.Length);
        _ring[_first] = null!;
        _first = (_first + 1) % _ring.Length;
        _count--;
    }

    private void Empty()
    {
        Array.Clear(_ring);
        (_first, _count, _bytes, _floor) = (0, 0, 0, null);
    }

    private void Tell()
    {
        _changed.SetResult();
        _changed = NewSource();
    }
}
