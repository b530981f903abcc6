create or replace function _noetl.without_parens(node jsonb)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
  return case node ->> 'type' when 'parenExpr' then _noetl.without_parens(node -> 'expr') else node end;
end
$$;

comment on function _noetl.without_parens(jsonb) is 'What stands inside all the brackets around a node.';
