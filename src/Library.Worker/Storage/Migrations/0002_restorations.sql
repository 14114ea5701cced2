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

-- What a restore left as it is: { "count": n, "ids": [the first hundred] }; null: nothing, or not through yet.
alter table operations add column left_books jsonb;
