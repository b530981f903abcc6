create or replace function _noetl.series_matchers(selector text)
returns jsonb
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  tree jsonb;
  matchers jsonb;
begin
  if selector ~ '^\s*(\{\s*\})?\s*$' then
    return '[]'::jsonb;
  end if;
  -- other than in an expression, here it may be that only the wrong series are named
  tree := noetl.parse_promql(regexp_replace(selector, '^(\s*\{.*[^,\s])\s*,?\s*\}\s*$', '\1,__name__!=""}'));
  if tree ->> 'type' <> 'vectorSelector' or tree -> 'offset' <> '0' or coalesce(tree ->> 'timestamp', tree ->> 'startOrEnd') is not null then
    raise exception 'must select series, such as {__name__=~"orders_.*", shop!="test"}';
  end if;
  matchers := (
    select jsonb_agg(jsonb_build_object('name', m ->> 'name', 'type', m ->> 'type', 'value', m ->> 'value')) from jsonb_array_elements(tree -> 'matchers') as m
    where m - 'start' - 'end' <> '{"name": "__name__", "type": "!=", "value": ""}');
  perform from _noetl.select_lines(matchers, '-infinity', '-infinity'); -- an expression that PostgreSQL cannot compile is found now
  return matchers;
end
$$;

comment on function _noetl.series_matchers(text) is
  'The matchers of a series selector of PromQL, as _noetl.select_lines() takes them; empty or {}: none, which is every series; {shop!="test"} is a selector, too. What is no selector is an error.';
