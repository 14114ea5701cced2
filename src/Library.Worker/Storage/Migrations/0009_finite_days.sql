-- The first and the last day that there is used to be stored as infinities, which no event names.
update authors set birth_date = case when birth_date = 'infinity' then date '9999-12-31' else date '0001-01-01' end where birth_date in ('infinity', '-infinity');
update books set publish_date = case when publish_date = 'infinity' then date '9999-12-31' else date '0001-01-01' end where publish_date in ('infinity', '-infinity');
