using System.Globalization;
using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Lists;
using Library.Api.Infrastructure.Reading;
using Library.Hosting.Errors;

namespace Library.Api.Infrastructure.History;

/// <summary>Answers a read of a resource's history: a page, by version.</summary>
internal sealed class HistoryReads(HistoryReader history, Cursors cursors, MinPosition minPosition)
{
    public async Task<IResult> AnswerAsync(HttpContext http, ResourceName resource, PageRequest request)
    {
        var query = $"{resource.Path}/history";
        var after = VersionOf(request.StartOf(query, cursors));
        // Reads one row more than requested, to know whether there is a next page.
        Task<List<HistoryEvent>> ReadAsync(CancellationToken limit) => history.PageAsync(resource, after, request.Limit + 1, limit);
        var events = MinPosition.Read(http.Request) is { } position
            ? await minPosition.ReadAtAsync(position, ReadAsync, http.RequestAborted)
            : await ReadAsync(http.RequestAborted);
        if (events.Count == 0) return new ProblemResult(Problems.NotFound(resource.Type.Name, resource.Id));
        var next = events.Count > request.Limit ? cursors.Write(query, new PageKey(null, KeyOf(events[request.Limit - 1].Version))) : null;
        if (next is not null)
        {
            var url = string.Create(CultureInfo.InvariantCulture, $"{http.Request.PathBase}{http.Request.Path}?limit={request.Limit}&after={next}");
            http.Response.Headers.Link = $"<{url}>; rel=\"next\"";
        }

        http.Response.Headers.CacheControl = "private, no-cache";
        return new JsonResult(StatusCodes.Status200OK, HistoryJson.Write(events.Take(request.Limit), resource.Type.Name, next));
    }

    // A cursor carries a UUID; here it holds a version.
    private static Guid KeyOf(int version) => new(version, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private static int VersionOf(Guid key)
    {
        Span<byte> bytes = stackalloc byte[16];
        key.TryWriteBytes(bytes);
        return BitConverter.ToInt32(bytes);
    }
}
