-- Who may do what. Written by the API.
create table api_keys (
    -- Version 7: in the order in which they were made.
    id uuid primary key,
    -- The caller that it speaks for: owner of operations and imports, actor of events. Keys of one name are one caller.
    name text not null,
    -- The key's first characters, which are no secret: it is found by them.
    prefix text not null,
    -- SHA-256 of the whole key, which is shown once and kept nowhere.
    hash bytea not null,
    scopes text[] not null,
    created_at timestamptz not null,
    expires_at timestamptz,
    -- Written once a minute at most.
    last_used_at timestamptz,
    revoked_at timestamptz
);

create index api_keys_by_prefix on api_keys (prefix) where revoked_at is null;

-- Whose operation it is; null: nobody's in particular.
alter table operations add column caller text;
