create or replace function _noetl.sighted_unit(family text)
returns text
language sql
stable
parallel safe
begin atomic
  select s.unit
  from _noetl.sighted_sample as s
  where s.family = sighted_unit.family and s.unit <> ''
  order by s.seen_at, s.series_id
  limit 1;
end;

comment on function _noetl.sighted_unit(text) is 'The first unit that new series of a family bring; null: none.';
