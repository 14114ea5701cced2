using Library.Api.Authors;
using Library.Api.Books;

namespace Library.Api.Caching;

/// <summary>Empties the cache by events, key by key; all of it when an event was missed.</summary>
internal sealed partial class CacheEvictions(ResourceCache cache, ILogger<CacheEvictions> log)
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
        }

        if (change.Author is { } author) cache.Evict(author.Id, AuthorResource.Type.Name);
        if (change.Book is { } book) cache.Evict(book.Id, BookResource.Type.Name);
    }

    [LoggerMessage(300, LogLevel.Warning, "Events between {Last} and {Previous} did not arrive: the cache is emptied")]
    private partial void LogGap(long last, long previous);
}
