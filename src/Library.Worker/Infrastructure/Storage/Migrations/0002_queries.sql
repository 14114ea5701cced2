-- What lists, filters and searches of the catalog read.

-- One index an order: read forwards and backwards, with the id telling equals apart. Those of the names serve prefixes as well.
create index authors_by_name on authors (name_key, id);
create index authors_by_birth_date on authors (birth_earliest, birth_latest, id);
create index books_by_title on books (title_key, id);
create index books_by_publish_date on books (publish_earliest, publish_latest, id);
create index authors_by_term on authors using gin (terms) where terms is not null;
create index books_by_term on books using gin (terms) where terms is not null;
create index authors_search on authors using gin (search);
create index books_search on books using gin (search);
