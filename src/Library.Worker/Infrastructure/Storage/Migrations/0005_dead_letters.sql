-- Messages that could not be read or applied, taken off the error queue for an operator to look at, replay or discard.
create table dead_letters (
    -- Version 7: in the order in which they came.
    id uuid primary key,
    -- SHA-256 of message id and body: the error queue delivers at least once, and a letter is kept once.
    digest bytea not null unique,
    message_id text,
    -- That of the command, or the one that the message id names.
    operation_id uuid,
    reason text not null,
    body bytea not null,
    headers jsonb not null,
    received_at timestamptz not null,
    -- The operation that a replay made; there is one at most.
    replayed_as uuid unique,
    -- Discarded: not shown any more. The row stays for the retention of operations, so that a late repeat does not bring it back.
    discarded_at timestamptz
);
