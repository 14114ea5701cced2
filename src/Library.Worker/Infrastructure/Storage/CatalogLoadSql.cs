using Npgsql;
using NpgsqlTypes;

namespace Library.Worker.Infrastructure.Storage;

/// <summary>The writer's single load: everything that a batch of commands may need.</summary>
internal static class CatalogLoadSql
{
    private const string Clock = """
        select greatest(clock_timestamp(), last.timestamp), coalesce(last.seq_id, 0), array(select nextval('mt_events_sequence') from generate_series(1, $1))
        from (select 1) one left join (select seq_id, timestamp from mt_events order by seq_id desc limit 1) last on true
        """;

    /// <summary>The bounds let Postgres prune the partitions of other days; an array alone does not.</summary>
    private const string Operations = "select id from operations where id = any($1) and id between $2 and $3";

    private static readonly ById Authors = new("""
        select s.id, s.version::integer, a.state
        from mt_streams s left join authors a on a.id = s.id and a.deleted_at_position is null
        where s.id {these} and s.type = 'author'
        """);

    /// <summary>And imports, whose ids are taken as well.</summary>
    private static readonly ById Books = new("""
        select s.id, s.version::integer, b.state, l.authors, l.since, s.type
        from mt_streams s left join books b on b.id = s.id left join lateral (
          select array_agg(author_id order by ordinal) as authors, array_agg(since order by ordinal) as since from book_authors where book_id = b.id) l on true
        where s.id {these} and s.type <> 'author'
        """);

    private static readonly ById PresentAuthors = new("select id from authors where id {these} and deleted_at_position is null");

    /// <summary>Those of books that may come back, be they deleted already or by an earlier command of the batch.</summary>
    private static readonly ById AuthorsOfBooks = new("""
        select a.id
        from mt_streams s join mt_events e on e.stream_id = s.id and e.version = s.version
        cross join lateral jsonb_array_elements_text(e.data->'book'->'authorIds') named (id)
        join authors a on a.id = named.id::uuid and a.deleted_at_position is null
        where s.id {these} and e.type = 'book_deleted'
        union
        select a.id from book_authors l join authors a on a.id = l.author_id and a.deleted_at_position is null where l.book_id {these}
        """);

    /// <summary>The data of each stream's last event: for a deleted resource, of its deletion.</summary>
    private static readonly ById LastStates = new("""
        select s.id, e.data::text, e.seq_id
        from mt_streams s join mt_events e on e.stream_id = s.id and e.version = s.version
        where s.id {these} and e.type = any(array['author_deleted', 'book_deleted'])
        """);

    /// <summary>Runs only the statements that have ids: one that finds nothing still costs its planning.</summary>
    public static void AddTo(NpgsqlBatch batch, CatalogLoad load)
    {
        batch.BatchCommands.Add(Sql.Command(Clock, Sql.Value(load.MaxEvents, NpgsqlDbType.Integer)));
        if (load.Operations.Length > 0)
        {
            batch.BatchCommands.Add(Sql.Command(Operations,
                Sql.Value(load.Operations, NpgsqlDbType.Array | NpgsqlDbType.Uuid),
                Sql.Value(load.Operations.Min(), NpgsqlDbType.Uuid),
                Sql.Value(load.Operations.Max(), NpgsqlDbType.Uuid)));
        }

        if (load.Resources.Length > 0)
        {
            batch.BatchCommands.Add(Authors.Of(load.Resources));
            batch.BatchCommands.Add(Books.Of(load.Resources));
        }

        if (load.Authors.Length > 0) batch.BatchCommands.Add(PresentAuthors.Of(load.Authors));
        if (load.LastStates.Length == 0) return;
        batch.BatchCommands.Add(AuthorsOfBooks.Of(load.LastStates));
        batch.BatchCommands.Add(LastStates.Of(load.LastStates));
    }
}
