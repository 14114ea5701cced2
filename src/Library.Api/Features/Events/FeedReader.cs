using Library.Api.Infrastructure.Reading;
using Library.Hosting.Events;
using Npgsql;
using NpgsqlTypes;

namespace Library.Api.Features.Events;

/// <summary>
/// Reads the catalog's events in position order. Every append holds one lock until its commit, so no event ever appears before a position
/// that has been read: continuing from the last position misses nothing.
/// </summary>
internal sealed class FeedReader(Database database) : IDisposable
{
    /// <summary>Connections shared by all streams that catch up: if a thousand reconnect at the same time, the other reads still have the rest of the pool.</summary>
    private const int MaxCatchUps = 8;

    /// <summary>A page ends early past this size, so that many large events do not exhaust memory.</summary>
    public const int PageBytes = 1024 * 1024;

    /// <summary>How many events one read scans for those of a requested type.</summary>
    private const int FilteredWindow = 2_000;

    private const string PageSql = $"""
        with page as materialized (
          select w.*, coalesce(lag(w.seq_id) over (order by w.seq_id),
            (select seq_id from mt_events where seq_id <= $1 and type <> 'tombstone' order by seq_id desc limit 1), 0) as previous
          from (select * from mt_events where seq_id > $1 and type <> 'tombstone' order by seq_id limit $2) w
        )
        select e.seq_id, e.previous, {StoredEvent.Columns}, whole.last, whole.count
        from (select max(seq_id) as last, count(*) as count from page) whole
        left join lateral (select * from page where $3::text[] is null or type = any($3) order by seq_id limit $4) e on true
        order by e.seq_id
        """;

    private readonly SemaphoreSlim _catchUps = new(MaxCatchUps);

    /// <summary>As <see cref="PageAsync"/>, once a connection for catching up is free.</summary>
    public async Task<FeedPage> CatchUpAsync(long after, string[]? types, int count, CancellationToken cancellation)
    {
        await _catchUps.WaitAsync(cancellation);
        try
        {
            return await PageAsync(after, types, count, cancellation);
        }
        finally
        {
            _catchUps.Release();
        }
    }

    /// <param name="types">Stored names; null: all.</param>
    public Task<FeedPage> PageAsync(long after, string[]? types, int count, CancellationToken cancellation)
    {
        // Reads one row more than requested, to know whether there are more.
        var window = types is null ? count + 1 : Math.Max(count + 1, FilteredWindow);
        return database.ReadAsync(
            PageSql,
            [
                new NpgsqlParameter<long> { TypedValue = after },
                new NpgsqlParameter<int> { TypedValue = window },
                new NpgsqlParameter { Value = (object?)types ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                new NpgsqlParameter<int> { TypedValue = count },
            ],
            (row, limit) => ReadAsync(row, after, window, count, limit),
            cancellation);
    }

    public void Dispose() => _catchUps.Dispose();

    /// <summary>Whether the database is a standby, and so may lag behind the notification of events.</summary>
    public Task<bool> FollowsAsync(CancellationToken cancellation) => database.ReadAsync(
        "select pg_is_in_recovery()", [], async (row, limit) => await row.ReadAsync(limit) && row.GetBoolean(0), cancellation);

    private static async Task<FeedPage> ReadAsync(NpgsqlDataReader row, long after, int window, int count, CancellationToken limit)
    {
        var events = new List<FeedEvent>();
        var bytes = 0;
        var (last, inWindow) = (after, 0L);
        while (bytes < PageBytes && await row.ReadAsync(limit))
        {
            (last, inWindow) = (row.IsDBNull(9) ? after : row.GetInt64(9), row.GetInt64(10));
            // No event of a requested type: one row, with the position up to which was scanned.
            if (row.IsDBNull(0)) break;
            events.Add(FeedEvent.Of(StoredEvent.Read(row)));
            bytes += events[^1].Message.Length;
        }

        var cut = events.Count == count || bytes >= PageBytes;
        var through = cut ? events[^1].Position : last;
        return new FeedPage(events, through, More: through < last || inWindow == window);
    }
}
