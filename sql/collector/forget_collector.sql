create or replace function _noetl.forget_collector(name text)
returns void
language sql
volatile
parallel unsafe
begin atomic
  select _noetl.withdraw_samples(r.published) from _noetl.collector_run as r where r.name = forget_collector.name;
  select _noetl.withdraw_samples(jsonb_agg(jsonb_build_array(m ->> 'name', jsonb_build_object('collector', forget_collector.name), 'gauge')))
  from jsonb_path_query(_noetl.collector_family(), '$.*') as m;
  delete from _noetl.collector_run as r where r.name = forget_collector.name;
end;

comment on function _noetl.forget_collector(text) is 'Takes a collector''s metrics and what is said of it off the page, and forgets its runs.';
