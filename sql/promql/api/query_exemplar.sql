create or replace function _noetl.query_exemplar(tree jsonb, since timestamptz, until timestamptz)
returns table (name text, labels jsonb, exemplar jsonb, value text, at timestamptz)
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  condition constant text := (
    select string_agg(distinct format('(%s)', _noetl.line_condition(s.matchers)), ' or ')
    from jsonb_path_query(tree, 'strict $.** ? (@.type == "vectorSelector" || @.type == "matrixSelector").matchers') as s (matchers));
begin
  if condition is null then
    return;
  end if;
  return query execute
    'select l.name, l.labels, l.exemplar, l.value, l.at from _noetl.page_exemplar() as l where l.at between $1 and $2 and (' || condition || ')'
    using since, until;
end
$$;

comment on function _noetl.query_exemplar(jsonb, timestamptz, timestamptz) is
  'The exemplars on the page, from since to until, of the series that any selector in an expression''s tree selects.';
