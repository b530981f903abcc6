create or replace function _noetl.given_time(field text, given text)
returns timestamptz
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  fault text := _noetl.time_fault(given);
begin
  if fault is not null then
    raise exception '%: %', field, fault using errcode = 'invalid_datetime_format';
  end if;
  return given::timestamptz;
end
$$;

comment on function _noetl.given_time(text, text) is
  'The moment that a request gives; null: it gives none. What _noetl.time_fault() says is an error that names the field.';
