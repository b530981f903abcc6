create or replace function _noetl.sort_in_samples()
returns void
language sql
volatile
parallel unsafe
begin atomic
  select gin_clean_pending_list(i.indexrelid)
  from (select distinct _noetl.utc_day(at) as day from unnest(array[now(), now() - interval '1 hour']) as at) as recent
  join pg_index as i on i.indrelid = to_regclass(format('noetl.%I', _noetl.partition_name('metric_', recent.day)))
  join pg_class as c on c.oid = i.indexrelid
  join pg_am as a on a.oid = c.relam and a.amname = 'gin';
end;

comment on function _noetl.sort_in_samples() is
  'Sorts the latest samples into the index on series_id, which collects them in a list that every look into it would read. Called by the fold; without it a writer does it each gin_pending_list_limit, and autovacuum.';
