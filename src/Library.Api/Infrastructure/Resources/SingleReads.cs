using Library.Api.Infrastructure.Caching;
using Library.Api.Infrastructure.History;
using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Reading;
using Library.Hosting.Errors;

namespace Library.Api.Infrastructure.Resources;

/// <summary>Answers a read of one resource: from the cache, or from Postgres, or as it was at a time, from its events.</summary>
internal sealed class SingleReads(
    [FromKeyedServices(ReadPool.Resources)] CatalogReader catalog, HistoryReader history, ReadCache cache, MinPosition minPosition, TimeProvider time)
{
    /// <summary>The cached path allocates no task, no token and no closure.</summary>
    public Task AnswerAsync(HttpContext http, ResourceName resource)
    {
        var asOf = AsOf.Read(http.Request, time);
        var position = MinPosition.Read(http.Request);
        if (asOf is not null || position is not null) return ReadAsync(http, resource, position, asOf);
        var key = ReadCache.KeyOf(resource.Type.Type, resource.Id);
        return cache.TryGet<Representation>(key, CacheTag.Of(resource.Id), out var found)
            ? AnswerAsync(http, resource, found, CacheStatus.Hit)
            : FillAsync(http, resource, key);
    }

    private async Task FillAsync(HttpContext http, ResourceName resource, string key)
    {
        var found = await cache.FillAsync(key, CacheTag.Of(resource.Id), limit => catalog.FindAsync(resource, limit), http.RequestAborted);
        await AnswerAsync(http, resource, found, CacheStatus.Miss);
    }

    private async Task ReadAsync(HttpContext http, ResourceName resource, long? minimum, AsOf? asOf)
    {
        var found = (minimum, asOf) switch
        {
            ({ } position, null) => await minPosition.ReadUntilAsync(position, limit => catalog.FindAsync(resource, limit), http.RequestAborted),
            ({ } position, { } at) => await minPosition.ReadAtAsync(position, limit => history.FindAsOfAsync(resource, at.Time, limit), http.RequestAborted),
            (null, var at) => await history.FindAsOfAsync(resource, at!.Time, http.RequestAborted),
        };
        await AnswerAsync(http, resource, found, minimum is null ? CacheStatus.Bypassed : CacheStatus.Requested);
    }

    private static Task AnswerAsync(HttpContext http, ResourceName resource, Representation? found, string status)
    {
        http.Response.Headers[CacheStatus.Header] = status;
        return found is null
            ? ProblemWriter.WriteAsync(http, Problems.NotFound(resource.Type.Name, resource.Id))
            : JsonResult.Validated(http, found.ETag, found.Body).ExecuteAsync(http);
    }
}
