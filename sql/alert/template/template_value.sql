create or replace function _noetl.template_value(expression jsonb, data jsonb)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  name text := expression ->> 'function';
  argument jsonb;
  arguments jsonb := '[]'::jsonb;
begin
  if expression ? 'value' then
    return expression -> 'value';
  elsif expression ? 'variable' then
    return case when expression ? 'label' then coalesce(data -> (expression ->> 'variable') -> (expression ->> 'label'), '""') else data -> (expression ->> 'variable') end;
  end if;
  for argument in select a.value from jsonb_array_elements(expression -> 'arguments') as a loop
    argument := _noetl.template_value(argument, data);
    if name = 'or' and _noetl.template_truth(argument) or name = 'and' and not _noetl.template_truth(argument) then
      return argument;
    end if;
    arguments := arguments || jsonb_build_array(argument);
  end loop;
  return case when name in ('and', 'or') then argument else coalesce(_noetl.template_call(name, arguments, data), 'false') end;
end
$$;

comment on function _noetl.template_value(jsonb, jsonb) is
  'What an expression of a template gives, as _noetl.template_text(jsonb) knows values. data: {"labels": {…}, "value": [text], "externalLabels": {…}, "externalURL": text}.';
