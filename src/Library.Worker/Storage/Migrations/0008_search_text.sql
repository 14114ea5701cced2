-- The same keys and search vectors as before, for two thirds of the processor time: writing them is the largest part of what a new book costs.
-- A function whose body is one expression is taken into the caller's, and costs nothing to call, if it is not strict (or strict all the way
-- down) and uses a costly argument once only: so the short way for ASCII calls no function of ours at all.

-- Not ASCII. Text that is normalised already, as most is, is told faster than it is normalised again.
create function folded_wide(text) returns text immutable parallel safe
return replace(unaccented(lower(case when $1 is nfkc normalized then $1 else normalize($1, NFKC) end collate "und-x-icu")), 'ς', 'σ') collate "C";

create or replace function folded(text) returns text immutable parallel safe
return case when octet_length($1) = length($1) then lower($1 collate "C") else folded_wide($1) end;

create or replace function sort_key(text) returns text immutable parallel safe
return left(folded($1), 500) collate "C";

-- Six passes by replace() take a tenth of translate(), which compares each character with all six.
create function spaced(text) returns text immutable strict parallel safe
return replace(replace(replace(replace(replace(replace($1, '.', ' '), '/', ' '), '-', ' '), '_', ' '), '@', ' '), ':', ' ');

create or replace function words(text) returns text immutable strict parallel safe
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

create or replace function search_vector(name text, body text) returns tsvector immutable parallel safe
return setweight(to_tsvector('simple', folded_words(name)), 'A') || case when body is null then ''::tsvector
    else setweight(to_tsvector('simple', folded_words(body)), 'D') end;
