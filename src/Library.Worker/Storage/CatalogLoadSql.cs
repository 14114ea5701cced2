using System.Globalization;
using System.Text.Json;
using Library.Contracts;
using Library.Worker.Writing;
using Npgsql;
using NpgsqlTypes;

namespace Library.Worker.Storage;

/// <summary>What was loaded: the snapshot to decide over, and which of the operations are done.</summary>
internal sealed record LoadedCatalog(Snapshot Snapshot, IReadOnlySet<Guid> Done);

/// <summary>The writer's one load: all that a batch of commands may look at.</summary>
internal static class CatalogLoadSql
{
    private const string Clock = """
        select greatest(clock_timestamp(), last.timestamp), coalesce(last.seq_id, 0), array(select nextval('mt_events_sequence') from generate_series(1, $1))
        from (select 1) one left join (select seq_id, timestamp from mt_events order by seq_id desc limit 1) last on true
        """;

    /// <summary>The bounds rule out the partitions of other days, which an array does not.</summary>
    private const string Operations = "select id from operations where id = any($1) and id between $2 and $3";

    private const string Authors = """
        select s.id, s.version::integer, a.id is not null, a.name, a.bio, a.birth_date
        from mt_streams s left join authors a on a.id = s.id and a.deleted_at_position is null
        where s.id = any($1) and s.type = 'author'
        """;

    /// <summary>And imports, whose ids are taken as well.</summary>
    private const string Books = """
        select s.id, s.version::integer, b.id is not null, b.title, b.description, b.publish_date, l.authors, l.since, s.type
        from mt_streams s left join books b on b.id = s.id left join lateral (
          select array_agg(author_id order by ordinal) as authors, array_agg(since order by ordinal) as since from book_authors where book_id = b.id) l on true
        where s.id = any($1) and s.type <> 'author'
        """;

    /// <summary>Of the authors named by commands ($1), and by books that may come back ($2), be they deleted already or by an earlier command of the batch.</summary>
    private const string PresentAuthors = """
        select id from authors where id = any($1) and deleted_at_position is null
        union
        select a.id
        from mt_streams s join mt_events e on e.stream_id = s.id and e.version = s.version
        cross join lateral jsonb_array_elements_text(e.data->'book'->'authorIds') named (id)
        join authors a on a.id = named.id::uuid and a.deleted_at_position is null
        where s.id = any($2) and e.type = 'book_deleted'
        union
        select a.id from book_authors l join authors a on a.id = l.author_id and a.deleted_at_position is null where l.book_id = any($2)
        """;

    /// <summary>The data of each stream's last event: for a deleted resource, of its deletion.</summary>
    private const string LastStates = """
        select s.id, e.data::text, e.seq_id
        from mt_streams s join mt_events e on e.stream_id = s.id and e.version = s.version
        where s.id = any($1) and e.type = any(array['author_deleted', 'book_deleted'])
        """;

    private const NpgsqlDbType Uuids = NpgsqlDbType.Array | NpgsqlDbType.Uuid;

    public static void AddTo(NpgsqlBatch batch, CatalogLoad load)
    {
        Add(batch, Clock, load.MaxEvents);
        batch.BatchCommands.Add(Sql.Command(Operations,
            Sql.Value(load.Operations, Uuids),
            Sql.Value(load.Operations.DefaultIfEmpty().Min(), NpgsqlDbType.Uuid),
            Sql.Value(load.Operations.DefaultIfEmpty().Max(), NpgsqlDbType.Uuid)));
        Add(batch, Authors, load.Resources);
        Add(batch, Books, load.Resources);
        batch.BatchCommands.Add(Sql.Command(PresentAuthors, Sql.Value(load.Authors, Uuids), Sql.Value(load.LastStates, Uuids)));
        Add(batch, LastStates, load.LastStates);
    }

    public static async Task<LoadedCatalog> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        await reader.ReadAsync(cancellation);
        var now = reader.GetFieldValue<DateTimeOffset>(0);
        var lastPosition = reader.GetInt64(1);
        var positions = reader.GetFieldValue<long[]>(2);
        var done = await ReadIdsAsync(reader, cancellation);
        var entries = new Dictionary<Guid, Entry>();
        await ReadAuthorsAsync(reader, entries, cancellation);
        await ReadBooksAsync(reader, entries, cancellation);
        var authors = await ReadIdsAsync(reader, cancellation);
        await ReadLastStatesAsync(reader, entries, cancellation);
        return new LoadedCatalog(new Snapshot(now, lastPosition, positions, entries, authors), done);
    }

    private static void Add<T>(NpgsqlBatch batch, string sql, T value) where T : notnull => batch.BatchCommands.Add(
        new NpgsqlBatchCommand(sql) { Parameters = { new NpgsqlParameter<T> { TypedValue = value } } });

    private static async Task<HashSet<Guid>> ReadIdsAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        await reader.NextResultAsync(cancellation);
        var ids = new HashSet<Guid>();
        while (await reader.ReadAsync(cancellation)) ids.Add(reader.GetGuid(0));
        return ids;
    }

    private static async Task ReadAuthorsAsync(NpgsqlDataReader reader, Dictionary<Guid, Entry> entries, CancellationToken cancellation)
    {
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var id = reader.GetGuid(0);
            var state = !reader.GetBoolean(2) ? null : new AuthorState
            {
                Id = id,
                Name = reader.GetString(3),
                Bio = Optional<string>(reader, 4),
                BirthDate = OptionalDate(reader, 5),
            };
            entries[id] = new AuthorEntry(reader.GetInt32(1), state);
        }
    }

    private static async Task ReadBooksAsync(NpgsqlDataReader reader, Dictionary<Guid, Entry> entries, CancellationToken cancellation)
    {
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var id = reader.GetGuid(0);
            if (reader.GetString(8) == ImportEntry.Name)
            {
                entries[id] = new ImportEntry(reader.GetInt32(1));
                continue;
            }

            var state = !reader.GetBoolean(2) ? null : new BookState
            {
                Id = id,
                Title = reader.GetString(3),
                Description = Optional<string>(reader, 4),
                PublishDate = OptionalDate(reader, 5),
                AuthorIds = reader.GetFieldValue<Guid[]>(6),
            };
            entries[id] = new BookEntry(reader.GetInt32(1), state, Optional<long[]>(reader, 7) ?? []);
        }
    }

    private static async Task ReadLastStatesAsync(NpgsqlDataReader reader, Dictionary<Guid, Entry> entries, CancellationToken cancellation)
    {
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var id = reader.GetGuid(0);
            using var data = JsonDocument.Parse(reader.GetString(1));
            entries[id] = entries[id] switch
            {
                AuthorEntry author => author with
                {
                    Deletion = new AuthorDeletion(reader.GetInt64(2), data.RootElement.GetProperty("author").Deserialize(LibraryJsonContext.Default.AuthorState)!),
                },
                BookEntry book => book with { LastState = data.RootElement.GetProperty("book").Deserialize(LibraryJsonContext.Default.BookState) },
                var other => throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{other.Resource} {id} can't be restored")),
            };
        }
    }

    private static T? Optional<T>(NpgsqlDataReader reader, int column) where T : class =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<T>(column);

    private static DateOnly? OptionalDate(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<DateOnly>(column);
}
