create or replace function _noetl.given_time(field text, given text)
returns timestamptz
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  if given is null or given ~* '^\d{4}-\d\d-\d\d[t ]\d\d:\d\d(:\d\d(\.\d+)?)?\s?(z|[+-]\d\d(:?\d\d)?)$' then
    return given::timestamptz;
  end if;
  raise exception '%: must be a time with its offset, such as 2026-01-31T12:00:00Z', field using errcode = 'invalid_datetime_format';
exception when datetime_field_overflow then
  raise exception '%: there is no such time', field using errcode = 'invalid_datetime_format';
end
$$;

comment on function _noetl.given_time(text, text) is
  'The moment that a request gives in RFC 3339; null: it gives none. A time without its offset is an error that names the field, because it would be another moment in each time zone.';
