using Library.Api.Infrastructure.Reading;

namespace Library.Api.Infrastructure.Caching;

/// <summary>Evicts cache entries on events: the event's resource and the pages of its type; the whole cache when an event was missed.</summary>
internal sealed partial class CacheEvictions(ReadCache cache, EvictionStamps stamps, ILogger<CacheEvictions> log)
{
    private readonly Lock _gate = new();

    /// <summary>Null: none seen since the queue was bound.</summary>
    private long? _lastPosition;

    /// <summary>The queue is new: what it missed before is unknown.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            _lastPosition = null;
            cache.Clear();
        }
    }

    public void Apply(CatalogChange change)
    {
        lock (_gate)
        {
            // A redelivered event: entries filled since then are newer.
            if (change.Position <= _lastPosition) return;
            if (_lastPosition is { } last && change.PreviousPosition != last)
            {
                LogGap(last, change.PreviousPosition);
                cache.Clear();
            }

            _lastPosition = change.Position;
            stamps.Seen(change.Position);
        }

        if (change.Author is { } author) cache.Evict(CatalogTypes.Author, author.Id);
        if (change.Book is { } book) cache.Evict(CatalogTypes.Book, book.Id);
    }

    [LoggerMessage(300, LogLevel.Warning, "Events between positions {Last} and {Previous} were missed; clearing the cache")]
    private partial void LogGap(long last, long previous);
}
