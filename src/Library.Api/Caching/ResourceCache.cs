using Library.Api.Reading;
using Microsoft.Extensions.Options;
using ZiggyCreatures.Caching.Fusion;

namespace Library.Api.Caching;

/// <summary>Single resources as they are served, in memory. What is not in the catalog is not cached: it may be created any moment.</summary>
internal sealed class ResourceCache(IFusionCache cache, EvictionStamps stamps, IOptions<CacheOptions> options)
{
    /// <summary>Fills of one key wait for one another; together they stay within the time that a client waits.</summary>
    private static readonly TimeSpan FillLimit = TimeSpan.FromSeconds(4.5);

    private readonly FusionCacheEntryOptions _entry = new(options.Value.Duration);

    public async ValueTask<(Representation? Found, bool Hit)> GetAsync(
        Guid id, string type, Func<CancellationToken, Task<Representation?>> read, CancellationToken cancellation)
    {
        var key = Key(id, type);
        var start = stamps.Of(id);
        var cached = cache.TryGet<Entry>(key, _entry, cancellation);
        if (cached.HasValue && cached.Value.Stamp == start) return (cached.Value.Found, true);

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(FillLimit);
        while (true)
        {
            var entry = await cache.GetOrSetAsync<Entry>(key, (context, fill) => FillAsync(context, id, read, fill), default, _entry, limit.Token);
            if (entry.Stamp != stamps.Of(id)) await cache.RemoveAsync(key, _entry, limit.Token);
            // An entry from before this read began may be older than an eviction that the client knows of.
            if (entry.Stamp >= start) return (entry.Found, false);
        }
    }

    public void Evict(Guid id, string type)
    {
        stamps.Evicted(id);
        cache.Remove(Key(id, type), _entry);
    }

    public void Clear()
    {
        stamps.Cleared();
        cache.Clear(allowFailSafe: false);
    }

    private async Task<Entry> FillAsync(
        FusionCacheFactoryExecutionContext<Entry> context, Guid id, Func<CancellationToken, Task<Representation?>> read, CancellationToken fill)
    {
        var stamp = stamps.Of(id);
        var found = await read(fill);
        if (found is null) context.Options.SetSkipMemoryCacheWrite(true);
        else context.Options.SetSize(found.Json.Length + 256);
        return new Entry(found, stamp);
    }

    // The type is part of the key: an author's id asked for as a book must stay unknown.
    private static string Key(Guid id, string type) => string.Concat(type, ":", id.ToString("N"));

    private sealed record Entry(Representation? Found, long Stamp);
}
