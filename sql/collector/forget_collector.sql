create or replace function _noetl.forget_collector(name text)
returns void
language sql
volatile
parallel unsafe
begin atomic
  select _noetl.withdraw_samples(
    r.published || (
      select jsonb_agg(jsonb_build_array(m ->> 'name', _noetl.collector_labels(r.name, r.runtime_id), 'gauge'))
      from jsonb_path_query(_noetl.collector_family(), '$.*') as m),
    r.runtime_id)
  from _noetl.collector_run as r
  where r.name = forget_collector.name;
  delete from _noetl.collector_run as r where r.name = forget_collector.name;
end;

comment on function _noetl.forget_collector(text) is 'Takes a collector''s metrics and what is said of it off the page, and forgets its runs.';
