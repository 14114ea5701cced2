using System.ComponentModel.DataAnnotations;

namespace Library.Api.Features.Events;

/// <summary>The feed of events over HTTP, on one instance, section <c>Library:Events</c>.</summary>
internal sealed class FeedOptions
{
    public const string SectionName = "Library:Events";

    /// <summary>Live streams open at once; one more is answered 503. 0–100,000; default 2,000.</summary>
    [Range(0, 100_000)]
    public int MaxStreams { get; set; } = 2_000;

    /// <summary>Recent events kept in memory for all streams together; a stream further behind reads the database. 16–1,000,000; default 10,000.</summary>
    [Range(16, 1_000_000)]
    public int RecentEvents { get; set; } = 10_000;

    /// <summary>Bytes of recent events kept at most. 1 MiB–4 GiB; default 16 MiB.</summary>
    [Range(1024L * 1024, 4L * 1024 * 1024 * 1024)]
    public long RecentBytes { get; set; } = 16L * 1024 * 1024;

    /// <summary>How long a live stream is silent before it says that it is still there. 1 second–10 minutes; default 15 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a client may leave 64 KiB unread before it is cut off. 1 second–1 hour; default 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromMinutes(1);
}
