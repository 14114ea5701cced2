using Library.Api.Infrastructure.Reading;

namespace Library.Api.Infrastructure.Caching;

/// <summary>What evicts a cache entry: any event of one resource, or any event of some types.</summary>
internal readonly record struct CacheTag
{
    public Guid Id { get; private init; }

    public CatalogTypes Types { get; private init; }

    public static CacheTag Of(Guid id) => new() { Id = id };

    public static CacheTag Of(CatalogTypes types) => new() { Types = types };
}
