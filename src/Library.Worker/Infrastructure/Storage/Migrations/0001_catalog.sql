-- The read side of the catalog, written in the transaction that appends the events. The schema is the search path's first one.

create table authors (
    id uuid primary key,
    -- All fields, as in the author's events and document.
    state json not null,
    -- The name; it as it is sorted and told by its beginning; the words of name and texts. The worker folds text and finds words (Library.Hosting.Search).
    heading text not null,
    name_key text collate "C" not null,
    search tsvector not null,
    -- The days that the date of birth stands for: the earliest, counted from 0001-01-01 (null: none); the latest, times 32, plus the rank of a
    -- season, which stands in its order behind its year (no date: behind all others).
    birth_earliest integer,
    birth_latest integer not null default 2147483647,
    -- What it is filtered by: i:scheme:value. Null: nothing.
    terms text[],
    version integer not null,
    -- Position of the author's last event.
    position bigint not null,
    -- Position of the AuthorDeleted that marked this row; it stays until the cascade has taken off the author's last book. Null: in the catalog.
    deleted_at_position bigint
);

-- Unfinished cascades, for the sweep.
create index authors_deleted on authors (deleted_at_position) where deleted_at_position is not null;

create table books (
    id uuid primary key,
    state json not null,
    heading text not null,
    title_key text collate "C" not null,
    search tsvector not null,
    publish_earliest integer,
    publish_latest integer not null default 2147483647,
    -- Also l:language and s:subject, the latter folded.
    terms text[],
    version integer not null,
    position bigint not null
);

create table book_authors (
    book_id uuid not null references books (id) on delete cascade,
    -- The database's own last guard only: the path never leans on this cascade, it writes an event for each book.
    author_id uuid not null references authors (id) on delete cascade,
    ordinal smallint not null,
    -- MARC relator codes, in the book's order; null: just aut, as most have.
    roles text[],
    -- Position of the event that set the link.
    since bigint not null,
    primary key (book_id, author_id)
);

create index book_authors_by_author on book_authors (author_id, book_id);
create index book_authors_by_other_roles on book_authors (author_id, book_id) where roles is not null;

-- Inbox, status resource and stored reply at once. Ids begin with their time, so a range of ids is a range of time: one partition a day.
create table operations (
    id uuid primary key,
    kind text,
    resource text,
    resource_id uuid,
    -- created | changed | unchanged | deleted | restored; null: refused.
    effect text,
    version integer,
    position bigint not null,
    accepted_at timestamptz not null,
    completed_at timestamptz not null,
    -- Problem details (RFC 9457); null: succeeded.
    problem jsonb,
    -- What a restore left as it is: { "count": n, "ids": [the first hundred] }; null: nothing, or not through yet.
    left_books jsonb
) partition by range (id);

-- How far the relay has published. The row's lock is its leadership.
create table relay_position (
    name text primary key,
    position bigint not null
);

insert into relay_position (name, position) values ('rabbitmq', 0);

-- Which books a deletion's cascade took its author off, so that a restore finds them. A row goes when its restore has dealt with the book.
create table cascaded_books (
    -- Position of the AuthorDeleted.
    deletion bigint not null,
    book_id uuid not null,
    -- Position of the event that took the author off the book, or deleted the book.
    position bigint not null,
    primary key (deletion, book_id)
);

-- Restores whose books have not all followed yet; written with the AuthorRestored, gone when it is through.
create table author_restorations (
    -- Position of the AuthorRestored.
    restored_at bigint primary key,
    author_id uuid not null,
    deletion bigint not null,
    operation_id uuid,
    left_count integer not null default 0,
    -- The first hundred books that were left as they are.
    left_books uuid[] not null default '{}'
);

-- What was decided since a position, for the audit. Rows come in the order of their positions, so a few bytes a block range tell where to look: to
-- write them costs next to nothing, which an entry a row would not.
create index operations_by_position on operations using brin (position) with (pages_per_range = 32, autosummarize = on);
