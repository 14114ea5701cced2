using System.Buffers;
using System.Globalization;
using System.Text;
using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Reading;
using Library.Hosting.Errors;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Library.Api.Features.Events;

/// <summary>
/// A live stream (Server-Sent Events). Its only state is its position: the next events come from the recent events in memory, or from the
/// database if the stream is further behind than those.
/// </summary>
internal sealed partial class EventStream(
    FeedStreams streams, RecentEvents recent, FeedReader reader, CatalogReader catalog, IOptions<FeedOptions> options, TimeProvider time,
    IHostApplicationLifetime lifetime, ILogger<EventStream> log)
{
    private const int CatchUpPage = 200;
    private const int ChunkBytes = 64 * 1024;

    public async Task<IResult> AnswerAsync(HttpContext http, FeedRequest request)
    {
        using var place = streams.TryJoin();
        if (place is null) return new ProblemResult(Problems.TooManyStreams(options.Value.MaxStreams));
        var position = request.After ?? await catalog.LastPositionAsync(http.RequestAborted);
        var headers = http.Response.Headers;
        headers.ContentType = MediaTypes.EventStream;
        headers.CacheControl = "no-store";
        // Keeps proxies from buffering the response.
        headers["X-Accel-Buffering"] = "no";
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
            await RunAsync(new FeedWriter(http, http.Response.BodyWriter, options, time), request, position, stop.Token);
        }

        return Results.Empty;
    }

    private async Task RunAsync(FeedWriter writer, FeedRequest request, long position, CancellationToken stop)
    {
        // A message without data only sets the id to resume from: a stream that breaks before its first event misses nothing.
        Write(writer, request.After is null ? Id(position) : ":\n\n");
        var told = position;
        while (await writer.FlushAsync(stop) && !stop.IsCancellationRequested)
        {
            var changed = recent.Changed;
            var page = recent.After(position) ?? await CatchUpAsync(position, request, stop);
            foreach (var next in page.Events.Where(request.Wants))
            {
                writer.Body.Write(next.Message.Span);
                told = next.Position;
                if (writer.Body.UnflushedBytes >= ChunkBytes && !await writer.FlushAsync(stop)) return;
            }

            position = page.Through;
            if (page.Events.Count > 0 || page.More) continue;
            if (await ChangesAsync(changed, stop)) continue;
            Write(writer, told < position ? ": still here\n" + Id(position) : ": still here\n\n");
            told = position;
        }
    }

    private static string Id(long position) => string.Create(CultureInfo.InvariantCulture, $"id: {position}\n\n");

    private static void Write(FeedWriter writer, string text) => Encoding.UTF8.GetBytes(text, writer.Body);

    private async Task<FeedPage> CatchUpAsync(long position, FeedRequest request, CancellationToken stop)
    {
        try
        {
            return await reader.CatchUpAsync(position, request.StoredTypes, CatchUpPage, stop);
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            // Closing the connection would not bring the database back, so the client waits too.
            if (!stop.IsCancellationRequested) LogWaits(fault);
            return new FeedPage([], position, More: false);
        }
    }

    /// <returns>False: nothing changed for so long that a keep-alive is due.</returns>
    private async Task<bool> ChangesAsync(Task changed, CancellationToken stop)
    {
        try
        {
            await changed.WaitAsync(options.Value.KeepAlive, time, stop);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    [LoggerMessage(410, LogLevel.Debug, "A live stream cannot catch up at the moment; it is waiting")]
    private partial void LogWaits(Exception fault);
}
