create or replace function _noetl.top_order(sorted_by text)
returns text
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  if sorted_by is null or sorted_by <> all ('{oldest,ready,running,stuck,failed,name}') then
    raise exception 'sorted_by: must be oldest, ready, running, stuck, failed or name'
      using errcode = 'invalid_parameter_value', column = 'sorted_by';
  end if;
  return sorted_by;
end
$$;

comment on function _noetl.top_order(text) is 'By what noetl.top() orders queues, if that is one of the things it can.';
