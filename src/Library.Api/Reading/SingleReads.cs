using Library.Api.Caching;
using Library.Api.Http;
using Library.Hosting;

namespace Library.Api.Reading;

/// <summary>Answers a read of one resource: from the cache, or from Postgres.</summary>
internal sealed class SingleReads(CatalogReader catalog, ResourceCache cache, MinPosition minPosition)
{
    public async Task<IResult> AnswerAsync(HttpContext http, ResourceName resource)
    {
        var (found, status) = MinPosition.Read(http.Request) is { } position
            ? (await minPosition.ReadAtAsync(position, limit => catalog.FindAsync(resource, limit), http.RequestAborted), "library; fwd=request")
            : await FindCachedAsync(resource, http.RequestAborted);

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
