create or replace function _noetl.extra_labels(parameters jsonb)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  bad text;
begin
  select e.written into bad
  from jsonb_array_elements_text(coalesce(parameters -> 'extra_label', '[]')) as e (written)
  where e.written !~ '^(?!__)[a-zA-Z_][a-zA-Z0-9_]*='
  limit 1;
  if found then
    raise exception 'extra_label: must be name=value, not "%"', left(bad, 60) using errcode = 'invalid_parameter_value';
  end if;
  return (
    select coalesce(jsonb_object_agg(split_part(e.written, '=', 1), substr(e.written, strpos(e.written, '=') + 1)), '{}')
    from jsonb_array_elements_text(coalesce(parameters -> 'extra_label', '[]')) as e (written));
end
$$;

comment on function _noetl.extra_labels(jsonb) is 'The labels that the parameters extra_label=name=value of a request say.';
