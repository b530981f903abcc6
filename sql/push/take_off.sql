create or replace function _noetl.take_off(series_ids bigint[])
returns void
language sql
volatile
parallel unsafe
begin atomic
  insert into _noetl.event (series_id, value, metadata)
  select id, 'NaN', '{"withdrawn": true}'
  from unnest(series_ids) as id
  where exists (select from _noetl.series as s where s.series_id = id and s.retired_at is null)
    or exists (select from _noetl.pending_series as n where n.series_id = id);
end;

comment on function _noetl.take_off(bigint[]) is
  'Takes series whose values were reported as samples off the page, until there is another sample of them.';
