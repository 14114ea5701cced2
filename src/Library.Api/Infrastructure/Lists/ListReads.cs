using System.Text;
using System.Text.Encodings.Web;
using Library.Api.Infrastructure.Caching;
using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Reading;
using Library.Hosting.Errors;

namespace Library.Api.Infrastructure.Lists;

/// <summary>Answers a read of a list: one page, from the cache or from Postgres.</summary>
internal sealed class ListReads(ListReader reader, ReadCache cache, Cursors cursors, MinPosition minPosition)
{
    /// <param name="parent">Of a list within another resource: that resource.</param>
    public async Task<IResult> AnswerAsync(HttpContext http, ListType list, Guid? parent = null)
    {
        var query = ListQueryParser.Parse(list, parent, http.Request.Query, cursors);
        var (page, status) = MinPosition.Read(http.Request) is { } position
            ? (await minPosition.ReadUntilAsync(position, limit => reader.ReadAsync(query, limit), http.RequestAborted), CacheStatus.Requested)
            : await FindCachedAsync(query, http);
        http.Response.Headers[CacheStatus.Header] = status;
        if (page is null) return new ProblemResult(Problems.NotFound(list.Parent!.Name, parent!.Value));
        if (page.Next is not null) http.Response.Headers.Link = $"<{UrlOfNext(http.Request, page.Next)}>; rel=\"next\"";
        return JsonResult.Validated(http, page.ETag, page.Body);
    }

    private async Task<(Page?, string)> FindCachedAsync(ListQuery query, HttpContext http)
    {
        var (page, hit) = await cache.GetAsync(
            query.CacheKeyOf(http.Request.Query["after"]), query.Tag, limit => reader.ReadAsync(query, limit), http.RequestAborted);
        return (page, hit ? CacheStatus.Hit : CacheStatus.Miss);
    }

    /// <summary>The same query, from there on.</summary>
    private static string UrlOfNext(HttpRequest request, string next)
    {
        var url = new StringBuilder().Append(request.PathBase.ToUriComponent()).Append(request.Path.ToUriComponent()).Append('?');
        foreach (var (name, value) in request.Query)
            if (name != "after") url.Append(name).Append('=').Append(UrlEncoder.Default.Encode(value.ToString())).Append('&');
        return url.Append("after=").Append(next).ToString();
    }
}
