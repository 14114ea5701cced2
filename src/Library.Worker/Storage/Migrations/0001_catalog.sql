-- The read side of the catalog, written in the transaction that appends the events. The schema is the search path's first one.

create table authors (
    id uuid primary key,
    name text not null,
    bio text,
    birth_date date,
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
    title text not null,
    description text,
    publish_date date,
    version integer not null,
    position bigint not null
);

create table book_authors (
    book_id uuid not null references books (id) on delete cascade,
    -- The database's own last guard only: the path never leans on this cascade, it writes an event for each book.
    author_id uuid not null references authors (id) on delete cascade,
    ordinal smallint not null,
    -- Position of the event that set the link.
    since bigint not null,
    primary key (book_id, author_id)
);

create index book_authors_by_author on book_authors (author_id, book_id);

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
    problem jsonb
) partition by range (id);

-- How far the relay has published. The row's lock is its leadership.
create table relay_position (
    name text primary key,
    position bigint not null
);

insert into relay_position (name, position) values ('rabbitmq', 0);
