create or replace function _noetl.render_template(nodes jsonb, data jsonb)
returns text
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  node jsonb;
  result text := '';
begin
  for node in select n.node from jsonb_array_elements(nodes) as n (node) loop
    result := result || case
      when node ? 'text' then node ->> 'text'
      when node ? 'print' then _noetl.template_text(_noetl.template_value(node -> 'print', data))
      when node ? 'if' then _noetl.render_template(
        node -> case when _noetl.template_truth(_noetl.template_value(node -> 'if', data)) then 'then' else 'else' end, data)
      else ''
    end;
  end loop;
  return result;
end
$$;

comment on function _noetl.render_template(jsonb, jsonb) is
  'The text of a template that _noetl.parse_template(text) has parsed. data: as _noetl.template_value(jsonb, jsonb) has it.';
