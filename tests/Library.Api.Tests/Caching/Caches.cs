using Library.Api.Caching;
using Library.Api.Reading;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ZiggyCreatures.Caching.Fusion;

namespace Library.Api.Tests.Caching;

internal static class Caches
{
    public static ResourceCache New() => new(
        new FusionCache(new FusionCacheOptions(), new MemoryCache(new MemoryCacheOptions { SizeLimit = 1_000_000 })),
        new EvictionStamps(),
        Options.Create(new CacheOptions { Duration = TimeSpan.FromMinutes(10) }));

    public static CacheEvictions Evictions(ResourceCache cache) => new(cache, NullLogger<CacheEvictions>.Instance);

    public static Representation Version(Guid id, int version) => new(id, "{}"u8.ToArray(), version, version);

    public static async Task<(int? Version, bool Hit)> ReadAsync(this ResourceCache cache, Guid id, int databaseVersion)
    {
        var (found, hit) = await cache.GetAsync(id, "author", _ => Task.FromResult<Representation?>(Version(id, databaseVersion)), TestContext.Current.CancellationToken);
        return (found?.Version, hit);
    }
}
