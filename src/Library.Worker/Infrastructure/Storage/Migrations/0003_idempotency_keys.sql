-- Which operation a client's Idempotency-Key stands for. Written by the API before it publishes the command.
create table idempotency_keys (
    -- Whose key it is; empty: everybody's, where nobody is told apart.
    caller text not null,
    key text not null,
    -- SHA-256 of method, path and body: the same key with another request is refused.
    request bytea not null,
    operation_id uuid not null,
    -- The id that the API made for a resource whose client left it out.
    resource_id uuid not null,
    primary key (caller, key)
);

-- Operation ids begin with their time, so the keys past their time are the first of this index.
create index idempotency_keys_by_operation on idempotency_keys (operation_id);
