using Library.Hosting.Events;
using Npgsql;

namespace Library.Worker.Features.Relay;

/// <summary>The relay's lead in Postgres.</summary>
internal sealed class RelayLead : IRelayLead
{
    public const int PageSize = 500;

    private const string Page = $"""
        with mine as materialized (select coalesce($2, position) as position from relay_position where name = 'rabbitmq' for update skip locked)
        select e.seq_id, coalesce(lag(e.seq_id) over (order by e.seq_id), before.seq_id, 0), {StoredEvent.Columns}
        from mine
        left join lateral (select seq_id from mt_events where seq_id <= mine.position and type <> 'tombstone' order by seq_id desc limit 1) before on true
        cross join lateral (select * from mt_events where seq_id > mine.position and type <> 'tombstone' order by seq_id limit $1) e
        order by e.seq_id
        """;

    private readonly NpgsqlConnection _connection;

    private RelayLead(NpgsqlConnection connection) => _connection = connection;

    int IRelayLead.PageSize => PageSize;

    public static async Task<RelayLead> OpenAsync(NpgsqlDataSource postgres, CancellationToken cancellation) => new(await postgres.OpenConnectionAsync(cancellation));

    public async Task<IReadOnlyList<StoredEvent>> TakeAsync(CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(_connection);
        AddBegin(batch);
        return await ReadAsync(batch, after: null, cancellation);
    }

    public async Task<IReadOnlyList<StoredEvent>> ReadAheadAsync(long after, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(_connection);
        return await ReadAsync(batch, after, cancellation);
    }

    public async Task<IReadOnlyList<StoredEvent>> StoreAndReadAheadAsync(long confirmed, long after, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(_connection);
        AddStore(batch, confirmed);
        AddBegin(batch);
        return await ReadAsync(batch, after, cancellation);
    }

    public async Task StoreAsync(long confirmed, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(_connection);
        AddStore(batch, confirmed);
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The pool rolls back what was not committed.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static async Task<IReadOnlyList<StoredEvent>> ReadAsync(NpgsqlBatch batch, long? after, CancellationToken cancellation)
    {
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Page) { Parameters = { new NpgsqlParameter<int> { TypedValue = PageSize }, new NpgsqlParameter<long?> { TypedValue = after } } });
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var events = new List<StoredEvent>();
        while (await reader.ReadAsync(cancellation)) events.Add(StoredEvent.Read(reader));
        return events;
    }

    private static void AddBegin(NpgsqlBatch batch)
    {
        batch.BatchCommands.Add(new NpgsqlBatchCommand("begin"));
        // A frozen leader loses its row lock to the next one after ten seconds.
        batch.BatchCommands.Add(new NpgsqlBatchCommand("set local idle_in_transaction_session_timeout = 10000"));
        // The position may reach the disk up to a second later (asynchronous commit): losing it only repeats events.
        batch.BatchCommands.Add(new NpgsqlBatchCommand("set local synchronous_commit = off"));
    }

    /// <summary>Never decreases: between two transactions of this worker another one may have led and stored a later position.</summary>
    private static void AddStore(NpgsqlBatch batch, long confirmed)
    {
        batch.BatchCommands.Add(new NpgsqlBatchCommand("update relay_position set position = greatest(position, $1) where name = 'rabbitmq'")
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = confirmed } },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
    }
}
