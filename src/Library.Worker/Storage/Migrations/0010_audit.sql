-- What was decided since a position, for the audit. Rows come in the order of their positions, so a few bytes a block range tell where to look: to
-- write them costs next to nothing, which an entry a row would not.
create index operations_by_position on operations using brin (position) with (pages_per_range = 32, autosummarize = on);
