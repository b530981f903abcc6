create or replace function _noetl.withdraw_samples(published jsonb, runtime_id bigint default 0)
returns void
language sql
volatile
parallel unsafe
begin atomic
  insert into _noetl.event (series_id, value, metadata)
  select _noetl.fingerprint(runtime_id, p ->> 2, p ->> 0, p -> 1), 'NaN', '{"withdrawn": true}'
  from jsonb_array_elements(published) as p
  where exists (
      select from _noetl.series as s
      where s.series_id = _noetl.fingerprint(runtime_id, p ->> 2, p ->> 0, p -> 1) and s.retired_at is null)
    or exists (select from _noetl.pending_series as s where s.series_id = _noetl.fingerprint(runtime_id, p ->> 2, p ->> 0, p -> 1));
end;

comment on function _noetl.withdraw_samples(jsonb, bigint) is
  'Takes samples of a component off the page, [[name, labels, type], …], until they are stored again; of counters and parts of histograms too, if they were reported as totals.';
