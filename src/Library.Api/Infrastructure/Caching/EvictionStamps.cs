using Library.Api.Infrastructure.Reading;

namespace Library.Api.Infrastructure.Caching;

/// <summary>
/// Counts evictions. A fill notes the stamp of its tag before it reads the database; if the stamp has moved since, an eviction overtook the
/// fill, and its result must not be served. Ids share counters, which evicts an extra entry now and then but never serves a stale one.
/// </summary>
internal sealed class EvictionStamps
{
    private readonly long[] _ids = new long[1 << 16];
    private long _authors;
    private long _books;
    private long _clears;
    private long _lastSeen;

    /// <summary>Position of the last event that came; 0: none since the last clear. A database that is behind it must not fill the cache.</summary>
    public long LastSeen => Volatile.Read(ref _lastSeen);

    /// <summary>Counters only grow, so their sum changes whenever one of them does.</summary>
    public long Of(CacheTag tag)
    {
        var stamp = Volatile.Read(ref _clears);
        if (tag.Types == CatalogTypes.None) return stamp + Volatile.Read(ref Counter(tag.Id));
        if (tag.Types.HasFlag(CatalogTypes.Author)) stamp += Volatile.Read(ref _authors);
        if (tag.Types.HasFlag(CatalogTypes.Book)) stamp += Volatile.Read(ref _books);
        return stamp;
    }

    /// <summary>To be called before the eviction, so that a fill that begins in between is caught by either the position or the stamp.</summary>
    public void Seen(long position) => Volatile.Write(ref _lastSeen, position);

    public void Evicted(CatalogTypes type, Guid id)
    {
        Interlocked.Increment(ref Counter(id));
        Interlocked.Increment(ref type == CatalogTypes.Author ? ref _authors : ref _books);
    }

    public void Cleared() => Interlocked.Increment(ref _clears);

    private ref long Counter(Guid id) => ref _ids[(uint)id.GetHashCode() % (uint)_ids.Length];
}
