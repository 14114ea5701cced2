using Library.Api.Infrastructure.Reading;

namespace Library.Api.Infrastructure.Caching;

/// <summary>Empties the cache by events, key by key, and the pages of the event's type; all of it when an event was missed.</summary>
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
            // A repeat: whatever was filled since is newer.
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

    [LoggerMessage(300, LogLevel.Warning, "Events between {Last} and {Previous} did not arrive: the cache is emptied")]
    private partial void LogGap(long last, long previous);
}
