-- What lists, filters and searches of the catalog read.

-- Where an installation keeps its extensions is its own affair; where it has none, unaccent goes beside everybody's.
do $$
declare home text;
begin
    create extension if not exists unaccent schema public;
    select extnamespace::regnamespace::text into home from pg_extension where extname = 'unaccent';
    -- unaccent() is only stable since somebody might edit its rules; indexes of folded text then need a REINDEX.
    execute format($f$
        create function unaccented(text) returns text immutable strict parallel safe
        return %1$s.unaccent(%2$L::regdictionary, $1)
        $f$, home, home || '.unaccent');
end $$;

-- A function whose body is one expression is taken into the caller's, and costs nothing to call, if it is not strict (or strict all the way
-- down) and uses a costly argument once only: so the short way for ASCII calls no function of ours at all.

-- Not ASCII. Text that is normalised already, as most is, is told faster than it is normalised again.
create function folded_wide(text) returns text immutable parallel safe
return replace(unaccented(lower(case when $1 is nfkc normalized then $1 else normalize($1, NFKC) end collate "und-x-icu")), 'ς', 'σ') collate "C";

-- Text as it is compared and searched: without case, accents, and width or ligature forms. ASCII takes the short way.
-- ICU's root locale: the same in a database of whatever locale. It writes a final sigma otherwise than an inner one, which a prefix must not notice.
create function folded(text) returns text immutable parallel safe
return case when octet_length($1) = length($1) then lower($1 collate "C") else folded_wide($1) end;

-- Order and prefixes: bounded, since a text that outgrows an index page could not be stored.
create function sort_key(text) returns text immutable parallel safe
return left(folded($1), 500) collate "C";

-- Six passes by replace() take a tenth of translate(), which compares each character with all six.
create function spaced(text) returns text immutable strict parallel safe
return replace(replace(replace(replace(replace(replace($1, '.', ' '), '/', ' '), '-', ' '), '_', ' '), '@', ' '), ':', ' ');

-- Text whose words the parser can tell. Scripts that write no spaces (Thai to Khmer, kana, Han) and Hangul, whose particles cling to the word,
-- become overlapping pairs of characters; a run's last character also stands alone. Pairs, not pg_trgm's trigrams: most words of these
-- scripts have two characters, of which no trigram can be made, and one GIN index then serves every script.
create function words(text) returns text immutable strict parallel safe
return case when octet_length($1) = length($1) or $1 !~ '[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3040-\u30FF\u31F0-\u31FF\u3400-\u4DBF\u4E00-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF\U00020000-\U0003FFFF]'
    then spaced($1)
    else regexp_replace(spaced($1),
            '([\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3040-\u30FF\u31F0-\u31FF\u3400-\u4DBF\u4E00-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF\U00020000-\U0003FFFF]{1,2})', ' \1 ', 'g')
        || ' ' || regexp_replace(regexp_replace(regexp_replace($1,
            '[^\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3040-\u30FF\u31F0-\u31FF\u3400-\u4DBF\u4E00-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF\U00020000-\U0003FFFF]+', ' ', 'g'),
            '(^| )[^ ]', '\1', 'g'),
            '([^ ]{1,2})', '\1 ', 'g') end;

-- The words of a text, as they are searched.
create function folded_words(text) returns text immutable parallel safe
return case when octet_length($1) = length($1) then spaced(lower($1 collate "C")) else words(folded_wide($1)) end;

-- A name's or title's words weigh more than those of the text below it. A vector takes 1,048,575 bytes, and the text that is folded may be many
-- times as long as the one that was sent (U+FDFA alone becomes four words): it is cut where even words of two characters beyond U+FFFF fit in.
create function search_vector(name text, body text) returns tsvector immutable parallel safe
return setweight(to_tsvector('simple', left(folded_words(name), 40000)), 'A') || case when body is null then ''::tsvector
    else setweight(to_tsvector('simple', left(folded_words(body), 150000)), 'D') end;

-- All words of a query; one that ends with * is a prefix. A character that stands alone begins a pair, or is a run's last one; beside a pair that ends with it, it asks for nothing more.
create function search_query(text) returns tsquery immutable strict parallel safe
return (
    select string_agg('''' || replace(replace(lexeme, '\', '\\'), '''', '''''') || '''' ||
            case when term like '%*' or (length(lexeme) = 1 and octet_length(lexeme) > 1) then ':*' else '' end, ' & ')::tsquery
    from regexp_split_to_table($1, '\s+') term
    cross join lateral (select tsvector_to_array(to_tsvector('simple', words(folded(term))))) vector (lexemes)
    cross join lateral unnest(lexemes) lexeme
    where length(lexeme) > 1 or octet_length(lexeme) = 1 or not exists (select from unnest(lexemes) pair where length(pair) = 2 and right(pair, 1) = lexeme));

alter table authors
    add column name_key text collate "C" not null generated always as (sort_key(heading)) stored,
    add column search tsvector not null generated always as (search_vector(heading, body)) stored;
alter table books
    add column title_key text collate "C" not null generated always as (sort_key(heading)) stored,
    add column search tsvector not null generated always as (search_vector(heading, body)) stored;

-- One index an order: read forwards and backwards, with the id telling equals apart. Those of the names serve prefixes as well.
create index authors_by_name on authors (name_key, id);
create index authors_by_birth_date on authors (birth_earliest, birth_latest, id);
create index books_by_title on books (title_key, id);
create index books_by_publish_date on books (publish_earliest, publish_latest, id);
create index authors_by_term on authors using gin (string_to_array(folded(terms), E'\n')) where terms is not null;
create index books_by_term on books using gin (string_to_array(folded(terms), E'\n')) where terms is not null;
create index authors_search on authors using gin (search);
create index books_search on books using gin (search);
