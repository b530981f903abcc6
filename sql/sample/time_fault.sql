create or replace function _noetl.time_fault(given text)
returns text
language plpgsql
stable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  if given !~* '^\d{4}-\d\d-\d\d[t ]\d\d:\d\d(:\d\d(\.\d+)?)?\s?(z|[+-]\d\d(:?\d\d)?)$' then
    return 'must be a time with its offset, such as 2026-01-31T12:00:00Z';
  end if;
  return split_part(_noetl.moment_fault('', given::timestamptz), ': ', 2);
exception when datetime_field_overflow or invalid_time_zone_displacement_value then
  return 'there is no such time';
end
$$;

comment on function _noetl.time_fault(text) is
  'Why a text is no moment as RFC 3339 has it; null: it is one, or null. Without its offset it would be another moment in each time zone.';
