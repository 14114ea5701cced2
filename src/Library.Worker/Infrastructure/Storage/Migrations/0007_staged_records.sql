-- Staged records lie in one table instead of a partition each import: a hundred thousand small imports are a hundred thousand relations less to plan,
-- lock and vacuum. They are deleted in batches.
drop table import_records;

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

-- When the records of an import that has ended were deleted; null: they are there.
alter table imports add column records_deleted_at timestamptz;

-- What was staged is gone.
update imports set records_deleted_at = clock_timestamp();
update imports set status = 'failed', completed_at = clock_timestamp(), updated_at = clock_timestamp(),
  problem = '{"type":"/problems#upload-broken","title":"The upload broke off","status":400,"detail":"The service was brought up to date before this import was through. Send it again."}'
where completed_at is null;
update imports set undo = 'succeeded' where undo = 'running';

create index imports_with_records on imports (completed_at) where records_deleted_at is null and completed_at is not null;
