create or replace function _noetl.selector_matchers(selector text)
returns jsonb
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  tree jsonb;
begin
  if selector ~ '^\s*\{?\s*\}?\s*$' then
    return '[]'::jsonb;
  end if;
  -- with a name, because of an alert, other than of a series, a matcher may fit what has no labels
  tree := noetl.parse_promql(regexp_replace(case when selector ~ '^\s*\{' then selector else '{' || selector || '}' end, ',?\s*\}\s*$', ', __name__="_"}'));
  if tree ->> 'type' <> 'vectorSelector' or tree ->> 'offset' <> '0' or tree ->> 'timestamp' is not null or tree ->> 'startOrEnd' is not null then
    raise exception 'must be label matchers, such as {severity="critical", shop=~"b.*"}';
  end if;
  return (select jsonb_agg(jsonb_build_object('name', m ->> 'name', 'type', m ->> 'type', 'value', m ->> 'value')) from jsonb_array_elements(tree -> 'matchers') as m where m ->> 'name' <> '__name__');
end
$$;

comment on function _noetl.selector_matchers(text) is
  'Label matchers in PromQL''s words, {severity="critical", shop=~"b.*"}, as [{"name", "type", "value"}, …]; empty or {}: none. What does not parse is an error with its position.';
