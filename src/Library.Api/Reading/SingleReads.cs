using Library.Api.Caching;
using Library.Api.History;
using Library.Api.Http;
using Library.Hosting;

namespace Library.Api.Reading;

/// <summary>Answers a read of one resource: from the cache, or from Postgres, or as it was at a time, from its events.</summary>
internal sealed class SingleReads(
    [FromKeyedServices(ReadPool.Resources)] CatalogReader catalog, HistoryReader history, ReadCache cache, MinPosition minPosition)
{
    public async Task<IResult> AnswerAsync(HttpContext http, ResourceName resource, AsOf? asOf)
    {
        var (found, status) = (MinPosition.Read(http.Request), asOf) switch
        {
            ({ } position, null) => (await minPosition.ReadUntilAsync(position, limit => catalog.FindAsync(resource, limit), http.RequestAborted), CacheStatus.Requested),
            ({ } position, { Time: var time }) => (await minPosition.ReadAtAsync(position, limit => history.FindAsOfAsync(resource, time, limit), http.RequestAborted), CacheStatus.Requested),
            (null, { Time: var time }) => (await history.FindAsOfAsync(resource, time, http.RequestAborted), CacheStatus.Bypassed),
            _ => await FindCachedAsync(resource, http.RequestAborted),
        };

        var headers = http.Response.Headers;
        headers[CacheStatus.Header] = status;
        if (found is null) return new ProblemResult(Problems.NotFound(resource.Type.Name, resource.Id));
        return JsonResult.Validated(http, ETags.Of(found.Version), found.Json);
    }

    private async Task<(Representation?, string)> FindCachedAsync(ResourceName resource, CancellationToken cancellation)
    {
        var (found, hit) = await cache.GetAsync(
            ReadCache.KeyOf(resource.Type.Type, resource.Id), CacheTag.Of(resource.Id), limit => catalog.FindAsync(resource, limit), cancellation);
        return (found, hit ? CacheStatus.Hit : CacheStatus.Miss);
    }
}
