using Library.Api.Infrastructure.Caching;
using Library.Api.Infrastructure.Reading;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using ZiggyCreatures.Caching.Fusion;

namespace Library.Api.Tests.Infrastructure.Caching;

/// <summary>A cache with its stamps, over a database that is a function.</summary>
internal sealed class Caches
{
    public static readonly TimeSpan Duration = TimeSpan.FromMinutes(10);

    public Caches() => Cache = new ReadCache(
        new FusionCache(new FusionCacheOptions(), new MemoryCache(new MemoryCacheOptions { SizeLimit = 1_000_000 })),
        Stamps,
        Options.Create(new CacheOptions { Duration = Duration }),
        Time);

    public FakeTimeProvider Time { get; } = new();

    public EvictionStamps Stamps { get; } = new();

    public ReadCache Cache { get; }

    public CacheEvictions NewEvictions() => new(Cache, Stamps, NullLogger<CacheEvictions>.Instance);

    public static ReadResult<Representation> Version(Guid id, int version) => new(new(id, "{}"u8.ToArray(), version), version);

    public ValueTask<(Representation? Found, bool Hit)> GetAsync(Guid id, Func<CancellationToken, Task<ReadResult<Representation>>> read) =>
        Cache.GetAsync(ReadCache.KeyOf(CatalogTypes.Author, id), CacheTag.Of(id), read, TestContext.Current.CancellationToken);

    public async Task<(int? Version, bool Hit)> ReadAsync(Guid id, int databaseVersion, long? position = null)
    {
        var (found, hit) = await GetAsync(id, _ => Task.FromResult(Version(id, databaseVersion) with { Position = position ?? long.MaxValue }));
        return (found?.Version, hit);
    }

    /// <summary>A page of those types.</summary>
    public async Task<(int? Version, bool Hit)> ReadPageAsync(CatalogTypes types, int databaseVersion)
    {
        var (found, hit) = await Cache.GetAsync(
            $"page of {types}", CacheTag.Of(types), _ => Task.FromResult(Version(default, databaseVersion) with { Position = long.MaxValue }), TestContext.Current.CancellationToken);
        return (found?.Version, hit);
    }
}
