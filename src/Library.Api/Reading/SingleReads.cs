using Library.Api.Caching;
using Library.Api.History;
using Library.Api.Http;
using Library.Hosting;

namespace Library.Api.Reading;

/// <summary>Answers a read of one resource: from the cache, or from Postgres, or as it was at a time, from its events.</summary>
internal sealed class SingleReads(CatalogReader catalog, HistoryReader history, ResourceCache cache, MinPosition minPosition)
{
    public async Task<IResult> AnswerAsync(HttpContext http, ResourceName resource, AsOf? asOf)
    {
        Task<Representation?> ReadAsync(CancellationToken limit) =>
            asOf is null ? catalog.FindAsync(resource, limit) : history.FindAsOfAsync(resource, asOf.Time, limit);
        var (found, status) = (MinPosition.Read(http.Request), asOf) switch
        {
            ({ } position, _) => (await minPosition.ReadAtAsync(position, ReadAsync, http.RequestAborted), "library; fwd=request"),
            (null, not null) => (await ReadAsync(http.RequestAborted), "library; fwd=bypass"),
            _ => await FindCachedAsync(resource, http.RequestAborted),
        };

        var headers = http.Response.Headers;
        headers["Cache-Status"] = status;
        if (found is null) return new ProblemResult(Problems.NotFound(resource.Type.Name, resource.Id));
        var etag = ETags.Of(found.Version);
        headers.ETag = etag;
        headers.CacheControl = "private, max-age=0, must-revalidate";
        return ETags.Matches(http.Request.Headers.IfNoneMatch, etag)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : new JsonResult(StatusCodes.Status200OK, found.Json);
    }

    private async Task<(Representation?, string)> FindCachedAsync(ResourceName resource, CancellationToken cancellation)
    {
        var (found, hit) = await cache.GetAsync(resource.Id, resource.Type.Name, limit => catalog.FindAsync(resource, limit), cancellation);
        return (found, hit ? "library; hit" : "library; fwd=miss");
    }
}
