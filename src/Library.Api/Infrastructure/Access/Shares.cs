using System.Collections.Concurrent;

namespace Library.Api.Infrastructure.Access;

/// <summary>
/// Counts requests in progress per caller, so that one caller, or one address if callers are not identified, cannot take all slots.
/// </summary>
/// <param name="max">Of all together.</param>
/// <param name="maxOfOne">Of one.</param>
internal sealed class Shares(int max, int maxOfOne)
{
    private readonly ConcurrentDictionary<string, int> _ofEach = new();
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>To be disposed of at its end. Null: all are taken, or all of this one.</summary>
    /// <param name="whose">Null: no particular caller; counts towards the total only.</param>
    /// <param name="isOwn">Whether it was this one's share that is spent.</param>
    public IDisposable? TryTake(string? whose, out bool isOwn)
    {
        isOwn = whose is not null && _ofEach.AddOrUpdate(whose, 1, static (_, count) => count + 1) > maxOfOne;
        if (!isOwn && Interlocked.Increment(ref _count) <= max) return new Share(this, whose);
        if (!isOwn) Interlocked.Decrement(ref _count);
        Return(whose);
        return null;
    }

    private void Return(string? whose)
    {
        if (whose is null) return;
        // Removed at none, and only if nobody has taken one meanwhile.
        if (_ofEach.AddOrUpdate(whose, 0, static (_, count) => count - 1) == 0) _ofEach.TryRemove(KeyValuePair.Create(whose, 0));
    }

    private sealed class Share(Shares shares, string? whose) : IDisposable
    {
        private int _returned;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _returned, 1) != 0) return;
            Interlocked.Decrement(ref shares._count);
            shares.Return(whose);
        }
    }
}
