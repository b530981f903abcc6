create or replace function _noetl.check_filter(filter jsonb, most integer)
returns integer
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  fault text := case
    when jsonb_typeof(filter) is distinct from 'object' then 'filter: must be an object'
    when filter ->> 'runtime_id' !~ '^\d{1,18}$' then 'runtime_id: must be a whole number'
    when filter ->> 'limit' !~ '^\d{1,9}$' or (filter ->> 'limit')::integer not between 1 and most then
      format('limit: must be 1 to %s', most)
    when filter ->> 'cursor' !~ '^-?\d{1,18}_\d{1,18}$' then 'cursor: must be the next_cursor of an earlier answer'
  end;
begin
  if fault is null and filter ? 'labels' then
    begin
      if jsonb_typeof((filter ->> 'labels')::jsonb) <> 'object' then
        fault := 'labels: must be a JSON object';
      end if;
    exception when data_exception then
      fault := 'labels: must be a JSON object';
    end;
  end if;
  if fault is not null then
    raise exception '%', fault using errcode = 'invalid_parameter_value';
  end if;
  return least(coalesce((filter ->> 'limit')::integer, 100), most);
end
$$;

comment on function _noetl.check_filter(jsonb, integer) is
  'How many rows a filter asks for: its limit, 100 if it names none. A filter that asks for more than the most there may be, or for what cannot be, is an error that names the field.';
