-- Bulk ingestion. The row of an import is the truth about it: the message on the queue only says that there is something to do.
create table imports (
    -- Version 7: newest last.
    id uuid primary key,
    caller text not null,
    -- One import for each caller and key. Null: sent without.
    idempotency_key text,
    -- SHA-256 of what was sent, for a repeat under the same key; null until all of it was received.
    request bytea,
    dry_run boolean not null,
    -- receiving | running | paused | succeeded | failed | cancelled
    status text not null,
    -- null | running | succeeded
    undo text,
    -- Records counted so far; the total once the whole body was received.
    received bigint not null default 0,
    total bigint,
    bytes bigint not null default 0,
    applied bigint not null default 0,
    unchanged bigint not null default 0,
    refused bigint not null default 0,
    undone bigint not null default 0,
    kept bigint not null default 0,
    -- The last record that was dealt with, by the import or, once there is one, by the undo: see import_records. Written in the transaction that dealt with it.
    cursor_kind smallint not null default 1,
    cursor_line bigint not null default 0,
    -- Of the last chunks.
    records_per_second real,
    started_at timestamptz not null,
    -- Of the last sign of life.
    updated_at timestamptz not null,
    completed_at timestamptz,
    -- When the records of an import that has ended were deleted; null: they are there.
    records_deleted_at timestamptz,
    -- Why it failed: problem details (RFC 9457).
    problem json,
    unique (caller, idempotency_key)
);

-- What is under way, for the sweep.
create index imports_unfinished on imports (updated_at) where status in ('receiving', 'running') or undo = 'running';

create index imports_with_records on imports (completed_at) where records_deleted_at is null and completed_at is not null;

-- What was sent, record by record, deleted in batches at its retention. One table, and not a partition each import: a hundred thousand small imports
-- would be a hundred thousand relations to plan, lock and vacuum.
create table import_records (
    import uuid not null,
    -- 1 = author, 2 = book, 0 = neither.
    kind smallint not null,
    line bigint not null,
    -- Of the author or book; null: refused before it had one.
    id uuid,
    -- The id again, of the authors of a dry run alone: which asks whether the file itself brings an author.
    own uuid,
    -- As sent; a row of CSV as the JSON that it stands for, where it stands for any.
    record bytea,
    -- Why it is refused: problem details (RFC 9457); null: it is not. Not jsonb, which takes no escaped NUL.
    problem json
);

-- The order of application.
create index import_records_order on import_records (import, kind, line);
create index import_records_refused on import_records (import, line) where problem is not null;
create index import_records_own on import_records (import, own) where own is not null;
