using Library.Hosting.Events;
using Npgsql;

namespace Library.Worker.Relay;

/// <summary>
/// A page of events behind the relay's position, held with the lock on the position's row: the lock is the leadership, so a second worker
/// finds no page while this one has it. Ends with <see cref="AdvanceAsync"/>, or leaves the position as it was.
/// </summary>
internal sealed class RelayPage : IAsyncDisposable
{
    public const int Size = 500;

    private const string Read = $"""
        with mine as materialized (select position from relay_position where name = 'rabbitmq' for update skip locked)
        select e.seq_id, coalesce(lag(e.seq_id) over (order by e.seq_id), before.seq_id, 0), {StoredEvent.Columns}
        from mine
        left join lateral (select seq_id from mt_events where seq_id <= mine.position and type <> 'tombstone' order by seq_id desc limit 1) before on true
        cross join lateral (select * from mt_events where seq_id > mine.position and type <> 'tombstone' order by seq_id limit $1) e
        order by e.seq_id
        """;

    private readonly NpgsqlConnection _connection;

    private RelayPage(NpgsqlConnection connection, IReadOnlyList<StoredEvent> events) => (_connection, Events) = (connection, events);

    /// <summary>In position order. Empty: there is nothing to relay, or another worker leads.</summary>
    public IReadOnlyList<StoredEvent> Events { get; }

    public static async Task<RelayPage> ReadAsync(NpgsqlDataSource postgres, CancellationToken cancellation)
    {
        var connection = await postgres.OpenConnectionAsync(cancellation);
        try
        {
            await using var batch = new NpgsqlBatch(connection)
            {
                BatchCommands =
                {
                    new("begin"),
                    // A leader that froze loses its row to the next one after ten seconds.
                    new("set local idle_in_transaction_session_timeout = 10000"),
                    new(Read) { Parameters = { new NpgsqlParameter<int> { TypedValue = Size } } },
                },
            };
            await using var reader = await batch.ExecuteReaderAsync(cancellation);
            var events = new List<StoredEvent>();
            while (await reader.ReadAsync(cancellation)) events.Add(StoredEvent.Read(reader));
            return new RelayPage(connection, events);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stores the position behind the page. Only after every event of the page was confirmed.</summary>
    public async Task AdvanceAsync(CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(_connection)
        {
            BatchCommands =
            {
                new("update relay_position set position = $1 where name = 'rabbitmq'") { Parameters = { new NpgsqlParameter<long> { TypedValue = Events[^1].Position } } },
                new("commit"),
            },
        };
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The pool rolls back what was not committed.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
