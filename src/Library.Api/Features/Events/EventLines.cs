using System.Buffers;
using Library.Api.Infrastructure.Compression;
using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Reading;
using Microsoft.Extensions.Options;

namespace Library.Api.Features.Events;

/// <summary>All events from a position up to the current end, one line of JSON each, read page by page as the client consumes them.</summary>
internal sealed class EventLines(
    FeedReader reader, CatalogReader catalog, MinPosition minPosition, IOptions<FeedOptions> options, TimeProvider time, IHostApplicationLifetime lifetime)
{
    private const int PageSize = 500;

    public async Task<IResult> AnswerAsync(HttpContext http, FeedRequest request)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        // Otherwise a client slower than the writer would never reach the end.
        var end = MinPosition.Read(http.Request) is { } least
            ? await minPosition.ReadAtAsync(least, catalog.LastPositionAsync, stop.Token)
            : await catalog.LastPositionAsync(stop.Token);
        http.Response.ContentType = MediaTypes.NdJson;
        http.Response.Headers.CacheControl = "no-store";
        var answer = CompressedAnswer.Open(http);
        if (!HttpMethods.IsHead(http.Request.Method) && await RunAsync(new FeedWriter(http, answer.Writer, options, time), request, end, stop.Token))
            await answer.CompleteAsync(stop.Token);
        return Results.Empty;
    }

    /// <returns>False: the client has gone.</returns>
    private async Task<bool> RunAsync(FeedWriter writer, FeedRequest request, long end, CancellationToken stop)
    {
        var position = request.After ?? 0;
        var left = request.Limit ?? int.MaxValue;
        while (position < end && left > 0)
        {
            // A fault aborts the response without its final chunk, so the client can tell that it is incomplete.
            var page = await reader.CatchUpAsync(position, request.StoredTypes, Math.Min(PageSize, left), stop);
            foreach (var next in page.Events.TakeWhile(next => next.Position <= end))
            {
                writer.Body.Write(next.Json.Span);
                writer.Body.Write("\n"u8);
                left--;
            }

            if (!await writer.FlushAsync(stop)) return false;
            if (!page.More) break;
            position = page.Through;
        }

        return true;
    }
}
