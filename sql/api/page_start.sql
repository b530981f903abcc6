create or replace function _noetl.page_start(
  condition text,
  filter jsonb,
  since timestamptz,
  until timestamptz,
  cursor_time timestamptz,
  most integer
)
returns timestamptz
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  candidate timestamptz;
  found_rows bigint;
begin
  if filter ?| array['metric_name', 'name', 'runtime_id', 'component', 'component_type', 'labels'] then
    return null; -- found by series, whose index has no order of time
  end if;
  for power in 0..5 loop
    candidate := least(now(), until, cursor_time) - interval '1 second' * 8 ^ power;
    exit when candidate <= since;
    execute format('select count(*) from (select from noetl.sample as s where %s and s."timestamp" >= $6 limit $5) as n', condition)
    into found_rows
    using filter, since, until, cursor_time, most, candidate;
    if found_rows = most then
      return candidate;
    end if;
  end loop;
  return null;
end
$$;

comment on function _noetl.page_start(text, jsonb, timestamptz, timestamptz, timestamptz, integer) is
  'A moment from which on there are enough samples for a page, so that the latest are sorted out of few: tried are 1, 8, 64, … seconds before the end, up to 9 hours. Null: there is none, or the filter names series. The condition is that of _noetl.sample_condition().';
