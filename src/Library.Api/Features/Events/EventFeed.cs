using Library.Api.Infrastructure.Reading;
using Library.Hosting.Events;

namespace Library.Api.Features.Events;

/// <summary>The one reader of new events for all live streams of this instance. The writer's NOTIFY wakes it; a slow poll is the fallback.</summary>
internal sealed partial class EventFeed(
    FeedReader reader, CatalogReader catalog, RecentEvents recent, FeedStreams streams, EventSignal signal, TimeProvider time, ILogger<EventFeed> log) : BackgroundService
{
    private const int PageSize = 500;

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>Polling interval where no notification arrives: on a standby with no primary to LISTEN on.</summary>
    private static readonly TimeSpan DeafPoll = TimeSpan.FromMilliseconds(100);

    /// <summary>A standby receives an event shortly after its notification; the pauses grow from here.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await streams.WhenAny(stoppingToken);
            try
            {
                await FollowAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // The streams stay open and continue from their positions.
                LogTrouble(fault);
                await Task.Delay(Poll, time, stoppingToken);
            }
        }
    }

    /// <summary>Returns when the last stream has closed.</summary>
    private async Task FollowAsync(CancellationToken cancellation)
    {
        var follows = await reader.FollowsAsync(cancellation);
        if (recent.Head is null) recent.Start(await catalog.LastPositionAsync(cancellation));
        var pause = Longest();
        while (streams.Count > 0)
        {
            var page = await reader.PageAsync(recent.Head!.Value, null, PageSize, cancellation);
            if (page.Events.Count > 0) recent.Add(page.Events);
            if (page.More) continue;
            var spoken = await signal.WaitAsync(pause, cancellation);
            pause = spoken && follows ? FirstPause : pause * 2 < Longest() ? pause * 2 : Longest();
        }

        recent.Stop();
    }

    private TimeSpan Longest() => signal.IsListening ? Poll : DeafPoll;

    [LoggerMessage(400, LogLevel.Warning, "New events cannot be read at the moment; live streams are waiting")]
    private partial void LogTrouble(Exception fault);
}
