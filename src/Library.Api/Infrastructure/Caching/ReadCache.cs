using System.Diagnostics.CodeAnalysis;
using Library.Api.Infrastructure.Reading;
using Microsoft.Extensions.Options;
using ZiggyCreatures.Caching.Fusion;

namespace Library.Api.Infrastructure.Caching;

/// <summary>
/// The in-memory cache of resources and pages as they are served. Any event of a type that a page shows invalidates the page: its stamp has moved,
/// so it is no longer served, and the next fill replaces it. Missing resources are not cached: they may be created at any moment.
/// </summary>
internal sealed class ReadCache(IFusionCache cache, EvictionStamps stamps, IOptions<CacheOptions> options, TimeProvider time)
{
    /// <summary>Fills of one key wait for one another; together they stay within the time that a client waits.</summary>
    private static readonly TimeSpan FillLimit = TimeSpan.FromSeconds(4.5);

    /// <summary>Approximate memory of an entry besides its JSON.</summary>
    private const int Overhead = 256;

    private readonly FusionCacheEntryOptions _entry = new(options.Value.Duration) { MemoryLockTimeout = FillLimit };

    // The type is part of the key: an author's id requested as a book must not be found.
    public static string KeyOf(CatalogTypes type, Guid id) => $"{(type == CatalogTypes.Author ? "author:" : "book:")}{id:N}";

    /// <summary>What may be served at once.</summary>
    public bool TryGet<T>(string key, CacheTag tag, [NotNullWhen(true)] out T? found)
        where T : class, ICacheable
    {
        // Takes the stamp first, so that an eviction in between is detected.
        var start = stamps.Of(tag);
        var cached = cache.TryGet<Entry<T>>(key, _entry);
        found = cached.HasValue && cached.Value.Stamp == start && IsFresh(cached.Value) ? cached.Value.Found : null;
        return found is not null;
    }

    public async ValueTask<(T? Found, bool Hit)> GetAsync<T>(
        string key, CacheTag tag, Func<CancellationToken, Task<ReadResult<T>>> read, CancellationToken cancellation)
        where T : class, ICacheable =>
        TryGet<T>(key, tag, out var cached) ? (cached, true) : (await FillAsync(key, tag, read, cancellation), false);

    /// <summary>Reads what is not in the cache; concurrent requests share one read. Null: it is not in the catalog.</summary>
    public async Task<T?> FillAsync<T>(string key, CacheTag tag, Func<CancellationToken, Task<ReadResult<T>>> read, CancellationToken cancellation)
        where T : class, ICacheable
    {
        var start = stamps.Of(tag);
        var asked = time.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(FillLimit);
        while (true)
        {
            // The limit goes to the fill alone: given to the cache as well, it would have each fill race a task of its own. Who has waited for
            // another's fill until it is over has no time for one.
            var entry = await cache.GetOrSetAsync<Entry<T>>(key, (context, _) => FillAsync(context, key, tag, read, limit.Token), default, _entry, token: default);
            var fresh = IsFresh(entry);
            if (!fresh || entry.Stamp != stamps.Of(tag)) await cache.RemoveAsync(key, _entry, limit.Token);
            // An entry from before this read began may be older than an eviction that the client knows of, or than the time limit allows.
            if (entry.Stamp >= start && (fresh || entry.ReadAt >= asked)) return entry.Found;
        }
    }

    public void Evict(CatalogTypes type, Guid id)
    {
        stamps.Evicted(type, id);
        cache.Remove(KeyOf(type, id), _entry);
    }

    public void Clear()
    {
        stamps.Seen(0);
        stamps.Cleared();
        cache.Clear(allowFailSafe: false);
    }

    private async Task<Entry<T>> FillAsync<T>(
        FusionCacheFactoryExecutionContext<Entry<T>> context, string key, CacheTag tag, Func<CancellationToken, Task<ReadResult<T>>> read, CancellationToken fill)
        where T : class, ICacheable
    {
        var stamp = stamps.Of(tag);
        var seen = stamps.LastSeen;
        var readAt = time.GetTimestamp();
        var (found, position) = await read(fill);
        // A standby that lags may still show the state before an event that arrived before this fill began.
        if (found is null || position < seen) context.Options.SetSkipMemoryCacheWrite(true);
        else context.Options.SetSize(found.Bytes + key.Length + Overhead);
        return new Entry<T>(found, stamp, readAt);
    }

    /// <summary>The time limit runs from before the database was read; the library's own runs from when the entry was stored, which may be seconds later.</summary>
    private bool IsFresh(Entry entry) => time.GetElapsedTime(entry.ReadAt) < options.Value.Duration;

    private abstract record Entry(long Stamp, long ReadAt);

    private sealed record Entry<T>(T? Found, long Stamp, long ReadAt) : Entry(Stamp, ReadAt);
}
