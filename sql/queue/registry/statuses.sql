create or replace function _noetl.statuses(given jsonb)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  option text;
  several text[];
  statuses jsonb := jsonb '{}';
begin
  foreach option in array '{ready_status,running_status,failed_status,finished_status}'::text[] loop
    if given ->> option ~ '^\s*\{.*\}\s*$' then
      several := (given ->> option)::text[];
      if several = '{}' or array_position(several, null) is not null then
        raise exception '%: % names no status', option, given ->> option using errcode = 'invalid_parameter_value';
      end if;
      statuses := statuses || jsonb_build_object(option, case cardinality(several) when 1 then to_jsonb(several[1]) else to_jsonb(several) end);
    end if;
  end loop;
  return statuses;
exception when invalid_text_representation then
  raise exception '%: % is no array of statuses', option, given ->> option using errcode = 'invalid_parameter_value';
end
$$;

comment on function _noetl.statuses(jsonb) is 'Those of the options of a queue that name several statuses, {NEW,RETRY}, as JSON arrays.';
