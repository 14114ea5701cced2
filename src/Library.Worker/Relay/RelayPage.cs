using Library.Hosting.Events;
using Library.Worker.Storage;
using Library.Worker.Writing;
using Npgsql;

namespace Library.Worker.Relay;

/// <summary>
/// A page of events behind the relay's position, held with the lock on the position's row: the lock is the leadership, so a second worker
/// finds no page while this one has it. Ends with <see cref="AdvanceAsync"/>, or leaves the position as it was.
/// </summary>
internal sealed class RelayPage : IAsyncDisposable
{
    public const int Size = 500;

    private const string Read = """
        with mine as materialized (select position from relay_position where name = 'rabbitmq' for update skip locked)
        select e.seq_id, coalesce(lag(e.seq_id) over (order by e.seq_id), before.seq_id, 0), e.id, e.stream_id, e.version::integer, e.timestamp, e.type, e.data, e.headers
        from mine
        left join lateral (select seq_id from mt_events where seq_id <= mine.position and type <> 'tombstone' order by seq_id desc limit 1) before on true
        cross join lateral (select * from mt_events where seq_id > mine.position and type <> 'tombstone' order by seq_id limit $1) e
        order by e.seq_id
        """;

    private readonly NpgsqlConnection _connection;

    private RelayPage(NpgsqlConnection connection, IReadOnlyList<RelayedEvent> events) => (_connection, Events) = (connection, events);

    /// <summary>In position order. Empty: there is nothing to relay, or another worker leads.</summary>
    public IReadOnlyList<RelayedEvent> Events { get; }

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
            var events = new List<RelayedEvent>();
            while (await reader.ReadAsync(cancellation)) events.Add(ReadEvent(reader));
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

    private static RelayedEvent ReadEvent(NpgsqlDataReader reader)
    {
        var type = reader.GetString(6);
        return new RelayedEvent(
            reader.GetInt64(0),
            reader.GetInt64(1),
            reader.GetGuid(2),
            reader.GetGuid(3),
            reader.GetInt32(4),
            reader.GetDateTime(5),
            // Not skipped: a newer worker wrote it, and that one will relay it.
            EventType.Find(type) ?? throw new NotSupportedException($"Event type {type} at position {reader.GetInt64(0)} is not known to this version."),
            reader.GetFieldValue<byte[]>(7),
            EventHeaders.Read(reader, 8));
    }
}
