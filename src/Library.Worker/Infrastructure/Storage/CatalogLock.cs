using Npgsql;

namespace Library.Worker.Infrastructure.Storage;

/// <summary>
/// The advisory lock that every transaction that appends events holds until it ends. A holder that is frozen, or whose network is, loses it
/// to the next. <c>idle_in_transaction_session_timeout</c> would not do: it does not run while the server waits for the rest of a COPY.
/// </summary>
internal static class CatalogLock
{
    private const string Key = "hashtextextended('library.catalog.' || current_schema(), 0)";

    /// <summary>A client that has been silent for this long in the middle of its transaction is considered dead.</summary>
    private const string LongestSilence = "10 s";

    private const string CutOff = $"""
        select count(pg_terminate_backend(pid))
        from pg_locks l join pg_stat_activity a using (pid)
        where l.locktype = 'advisory' and l.granted and l.database = (select oid from pg_database where datname = current_database())
            and l.objsubid = 1 and l.classid::bigint << 32 | l.objid::bigint = {Key}
            and a.wait_event = 'ClientRead' and a.state_change < clock_timestamp() - interval '{LongestSilence}'
        """;

    /// <summary>The statements that wait for it, five seconds at most.</summary>
    public static void AddTo(NpgsqlBatch batch)
    {
        batch.BatchCommands.Add(new NpgsqlBatchCommand("set local lock_timeout = 5000"));
        // A separate statement: the snapshot of the next one must be taken after the lock was acquired.
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"select pg_advisory_xact_lock({Key})"));
    }

    /// <summary>After the wait for the lock timed out: terminates the session of a holder that has gone silent.</summary>
    public static async Task<TimeoutException> CutOffSilentHolderAsync(NpgsqlDataSource postgres, PostgresException waited, CancellationToken cancellation)
    {
        await using var command = postgres.CreateCommand(CutOff);
        var cut = await command.ExecuteScalarAsync(cancellation) is > 0L;
        return new TimeoutException(cut ? "The catalog's lock was held by a writer that said nothing any more; its session was ended." : "Another writer holds the catalog's lock.", waited);
    }
}
