namespace Library.Api.Caching;

/// <summary>
/// Counts evictions. A fill notes the stamp of its key before it reads the database; if the stamp has moved since, an eviction overtook the
/// fill, and what it read is not to be served. Keys share counters, which costs an entry now and then and never shows an old one.
/// </summary>
internal sealed class EvictionStamps
{
    private readonly long[] _counters = new long[1 << 16];
    private long _clears;

    public long Of(Guid id) => Volatile.Read(ref _clears) + Volatile.Read(ref Counter(id));

    public void Evicted(Guid id) => Interlocked.Increment(ref Counter(id));

    public void Cleared() => Interlocked.Increment(ref _clears);

    private ref long Counter(Guid id) => ref _counters[(uint)id.GetHashCode() % (uint)_counters.Length];
}
