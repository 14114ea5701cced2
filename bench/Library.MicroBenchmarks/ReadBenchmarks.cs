using BenchmarkDotNet.Attributes;
using Library.Api.Infrastructure.Caching;
using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Lists;
using Library.Api.Infrastructure.Reading;
using Library.Hosting.Operations;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using ZiggyCreatures.Caching.Fusion;

namespace Library.MicroBenchmarks;

/// <summary>What a read does besides Kestrel and Postgres.</summary>
public class ReadBenchmarks
{
    private const string Query = "/v1/authors?sort=-birthDate&bornAfter=1900-01-01";

    private readonly Guid _id = Samples.Id(2, 1);
    private readonly Cursors _cursors = new(Options.Create(new OperationsOptions { Secret = new string('s', 32) }));
    private readonly PageKey _key = new(new DateOnly(1929, 10, 21), Samples.Id(2, 1));
    private readonly ReadCache _cache = new(
        new FusionCache(new FusionCacheOptions(), new MemoryCache(new MemoryCacheOptions { SizeLimit = 1_000_000 })),
        new EvictionStamps(),
        Options.Create(new CacheOptions { Duration = TimeSpan.FromHours(1) }),
        TimeProvider.System);

    private readonly string _etag = "\"1\"";
    private readonly string _etags = "\"7\", W/\"1\"";
    private readonly string _anything = "*/*";
    private readonly string _browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    private string _cursor = "";

    [GlobalSetup]
    public async Task FillAsync()
    {
        _cursor = _cursors.Write(Query, _key);
        var author = new Representation(_id, new byte[200], 1);
        await _cache.FillAsync(Key(), CacheTag.Of(_id), _ => Task.FromResult(new ReadResult<Representation>(author, 1)), default);
        if (!CacheHit()) throw new InvalidOperationException("The cache does not keep what it was given.");
    }

    /// <summary>Key, stamp and look-up, as for each request.</summary>
    [Benchmark]
    public bool CacheHit() => _cache.TryGet<Representation>(Key(), CacheTag.Of(_id), out _);

    [Benchmark]
    public bool MatchETag() => ETags.Matches(_etag, _etag);

    [Benchmark]
    public bool MatchETagOfList() => ETags.Matches(_etags, _etag);

    [Benchmark]
    public string? AcceptAnything() => Accepted.Best(_anything, AnswerTypes.JsonOnly.Offers);

    [Benchmark]
    public string? AcceptAsABrowser() => Accepted.Best(_browser, AnswerTypes.JsonOnly.Offers);

    [Benchmark]
    public string WriteCursor() => _cursors.Write(Query, _key);

    [Benchmark]
    public bool ReadCursor() => _cursors.TryRead(Query, _cursor, out _);

    private string Key() => ReadCache.KeyOf(CatalogTypes.Author, _id);
}
