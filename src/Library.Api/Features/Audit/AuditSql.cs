
namespace Library.Api.Features.Audit;

/// <summary>
/// One statement per page, hence one snapshot: it sees each of the writer's transactions completely or not at all, so the audit may run while
/// the catalog is being written. The last event of a stream holds the full state, so aggregating a stream means reading only that event.
/// </summary>
internal static class AuditSql
{
    /// <summary>Every author and book, deleted or not, by id. $1: the id after which the page begins; $2: how many; $3: outcomes of operations from this id on are kept.</summary>
    public const string Resources = $"""
        with ids as materialized (
          -- Also what has no stream, though it should.
          select id from (
            (select id from mt_streams where id > $1 and type in ('author', 'book') order by id limit $2)
            union (select id from authors where id > $1 order by id limit $2)
            union (select id from books where id > $1 order by id limit $2)
            union (select id from mt_doc_author where id > $1 order by id limit $2)
            union (select id from mt_doc_book where id > $1 order by id limit $2)) anywhere
          order by id limit $2),
        told as materialized (
          select ids.id, e.*
          from ids cross join lateral (
            select count(*) as events, count(*) <> max(version) as incomplete, coalesce(bool_or(seq_id < before), false) as disordered,
              count(operation) > count(distinct operation) as repeated,
              count(operation) filter (where operation >= $3 and not exists (select from operations o where o.id = operation and o.position = seq_id and o.effect is not null)) as outcomeless
            from (select seq_id, version, lag(seq_id) over (order by version) as before, {Operation} as operation from mt_events e where stream_id = ids.id) e) e),
        {FindingsOfResources}
        """;

    /// <summary>
    /// Every author and book with events in a range of positions, and only the events in that range: checking an event costs the same however
    /// many came before it. $1: the position after which the page begins; $2: its last one; $3: outcomes of operations from this id on are kept.
    /// </summary>
    public const string Changes = $"""
        with told as materialized (
          select e.stream_id as id, count(*) as events, bool_or(e.version > 1 and before.seq_id is null) as incomplete, coalesce(bool_or(e.seq_id < before.seq_id), false) as disordered,
            coalesce(bool_or(other.seq_id <> e.seq_id and other.stream_id = e.stream_id), false) as repeated,
            count(*) filter (where e.operation >= $3 and (outcome.position = e.seq_id and outcome.effect is not null) is not true) as outcomeless
          from (select seq_id, stream_id, version, {Operation} as operation from mt_events e
            where seq_id > $1 and seq_id <= $2 and split_part(type, '_', 1) in ('author', 'book')) e
          -- A limit keeps the planner from reading the whole of a table beside.
          left join lateral (select seq_id from mt_events b where b.stream_id = e.stream_id and b.version = e.version - 1 limit 1) before on true
          left join lateral (select position, effect from operations where id = e.operation limit 1) outcome on true
          left join lateral (select seq_id, stream_id from mt_events o where o.seq_id = outcome.position and (o.headers->>'operationId')::uuid = e.operation limit 1) other on true
          group by e.stream_id),
        {FindingsOfResources}
        """;

    /// <summary>The last position of a page of events. $1: the position after which it begins; $2: the last of all pages; $3: how many.</summary>
    public const string EndOfChanges = """
        select coalesce((select seq_id from mt_events where seq_id > $1 and seq_id < $2 and type <> 'tombstone' order by seq_id offset $3 - 1 limit 1), $2)
        """;

    /// <summary>Every outcome that is kept, by id. $1: the id after which the page begins; $2: how many.</summary>
    public const string Operations = $"""
        with page as materialized (select {Outcome} from operations where id > $1 order by id limit $2), {FindingsOfOperations}
        """;

    /// <summary>Every outcome of some positions. $1: the position after which they begin; $2: the last one.</summary>
    public const string OperationsOfChanges = $"""
        with page as materialized (select {Outcome} from operations where position > $1 and position <= $2), {FindingsOfOperations}
        """;

    /// <summary>Where the catalog as a whole stands.</summary>
    public const string Summary = """
        select coalesce((select seq_id from mt_events where type <> 'tombstone' order by seq_id desc limit 1), 0),
          coalesce((select position from relay_position where name = 'rabbitmq'), -1),
          (select count(*) from authors where deleted_at_position is not null), (select count(*) from author_restorations)
        """;

    /// <summary>The operation that caused this event directly; null: another event caused it, or an import did.</summary>
    private const string Operation = "case when not e.headers ? 'causedBy' then (e.headers->>'operationId')::uuid end";

    private const string Outcome = "id, resource, resource_id, effect, version, position, problem";

    private const string FindingsOfResources = $"""
        resources as materialized (
          select told.*, s.version, last.version as last_version, last.position, last.type = 'author' as is_author, last.deleted, last.state,
            a.id is not null as author_row, a.version as author_version, a.position as author_position, a.deleted_at_position,
            a.state::jsonb as author_state,
            b.id is not null as book_row, b.version as book_version, b.position as book_position, links.since, links.stuck, links.author_ids, links.roles, named.roles as state_roles, b.state::jsonb as book_state,
            da.data as author_document, db.data as book_document
          from told
          left join mt_streams s on s.id = told.id
          left join lateral (
            select e.version, seq_id as position, split_part(e.type, '_', 1) as type, e.type in ('author_deleted', 'book_deleted') as deleted,
              e.data->split_part(e.type, '_', 1) as state
            from mt_events e where e.stream_id = told.id order by e.version desc limit 1) last on true
          left join authors a on a.id = told.id
          left join books b on b.id = told.id
          left join lateral (
            select coalesce(jsonb_agg(l.author_id order by l.ordinal), '[]') as author_ids, max(l.since) as since,
              bool_or(l.since >= named.deleted_at_position) as stuck,
              coalesce(jsonb_agg(l.roles order by l.author_id) filter (where l.roles <> array['aut']), '[]') as roles
            from book_authors l join authors named on named.id = l.author_id where l.book_id = told.id) links on true
          left join lateral (
            select coalesce(jsonb_agg(roles order by author) filter (where roles <> '["aut"]'), '[]') as roles
            from (select (c.value->>'authorId')::uuid as author, jsonb_agg(c.value->'role' order by c.place) as roles
              from jsonb_array_elements(last.state->'contributors') with ordinality c (value, place) group by 1) by_author) named on true
          left join mt_doc_author da on da.id = told.id
          left join mt_doc_book db on db.id = told.id),
        findings as (
          select f.kind, case when coalesce(r.is_author, r.author_row or r.author_document is not null) then 'author' else 'book' end as resource, r.id, f.what
          from resources r cross join lateral (values
            ('lost', r.incomplete or r.version is distinct from r.last_version, 'Its events are not as many as its version tells.'),
            ('lost', r.outcomeless > 0, 'The outcome of an operation that made one of its events is missing, or tells otherwise.'),
            ('lost', not r.deleted and r.is_author and not r.author_row, 'Its row is missing.'),
            ('lost', not r.deleted and not r.is_author and not r.book_row, 'Its row is missing.'),
            ('lost', not r.deleted and r.is_author and r.author_document is null, 'Its document is missing.'),
            ('lost', not r.deleted and not r.is_author and r.book_document is null, 'Its document is missing.'),
            ('duplicated', r.repeated, 'One operation made more than one of its events.'),
            ('drifted', r.disordered, 'The positions of its events do not rise with their versions.'),
            ('drifted', r.author_row and r.is_author
              and (r.author_state, r.author_version, r.author_position) is distinct from (r.state, r.version, r.position), 'Its row differs from its last event.'),
            ('drifted', r.author_row and not r.deleted and r.deleted_at_position is not null, 'Its row is marked as deleted.'),
            ('drifted', r.author_row and r.deleted and r.deleted_at_position is distinct from r.position, 'Its row does not name the event that deleted it.'),
            ('drifted', r.book_row and not r.deleted
              and (r.book_state, r.author_ids, r.roles, r.book_version, r.book_position) is distinct from (r.state, r.state->'authorIds', r.state_roles, r.version, r.position), 'Its row or its links differ from its last event.'),
            ('drifted', not r.deleted and r.author_document <> jsonb_build_object('id', r.id, 'version', r.version, 'state', r.state), 'Its document differs from its last event.'),
            ('drifted', not r.deleted and r.book_document <> jsonb_build_object('id', r.id, 'version', r.version, 'state', r.state), 'Its document differs from its last event.'),
            ('drifted', r.since > r.position, 'A link is younger than its last event.'),
            ('orphaned', r.author_row and (r.is_author is not true), 'It has an author''s row, and no event that accounts for it.'),
            ('orphaned', r.book_row and (r.deleted or r.is_author is distinct from false), 'It has a book''s row, and no event that accounts for it.'),
            ('orphaned', r.author_document is not null and (r.deleted or r.is_author is not true), 'It has an author''s document, and no event that accounts for it.'),
            ('orphaned', r.book_document is not null and (r.deleted or r.is_author is distinct from false), 'It has a book''s document, and no event that accounts for it.'),
            ('orphaned', r.stuck, 'It names a deleted author that no cascade will take off.')) f (kind, holds, what)
          where f.holds)
        select (select count(*) from resources), (select coalesce(sum(events), 0)::bigint from resources), 0::bigint,
          (select count(*) from resources where deleted and author_row), (select id from resources order by id desc limit 1), {Findings}
        """;

    private const string FindingsOfOperations = $"""
        findings as (
          select f.kind, 'operation' as resource, p.id, f.what
          from page p left join lateral (select stream_id, version, headers from mt_events where seq_id = p.position limit 1) e on true
          cross join lateral (values
            ('lost', p.effect in ('created', 'changed', 'deleted', 'restored') and (e.headers->>'operationId')::uuid is distinct from p.id, 'Its event is missing.'),
            ('drifted', p.effect in ('created', 'changed', 'deleted', 'restored') and (e.headers->>'operationId')::uuid = p.id
              and (e.stream_id, e.version::integer) is distinct from (p.resource_id, p.version), 'Its event is that of another resource or version.'),
            ('drifted', (p.effect is null) = (p.problem is null), 'It tells of both an effect and a problem, or of neither.')) f (kind, holds, what)
          where f.holds)
        select 0::bigint, 0::bigint, (select count(*) from page), 0::bigint, (select id from page order by id desc limit 1), {Findings}
        """;

    private const string Findings = """
        (select count(*) from findings where kind = 'lost'), (select count(*) from findings where kind = 'duplicated'),
          (select count(*) from findings where kind = 'drifted'), (select count(*) from findings where kind = 'orphaned'),
          (select coalesce(json_agg(first), '[]')::text from (select kind, resource, id, what from findings order by id, what limit 100) first)
        """;
}
