create or replace function _noetl.matched_line(form jsonb, required boolean default false)
returns table (line_id integer, name text, labels jsonb)
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  since constant timestamptz := _noetl.time_parameter(form, 'start', '-infinity');
  until constant timestamptz := _noetl.time_parameter(form, 'end', 'infinity');
  selectors constant jsonb[] := array(select m.matchers from _noetl.match_parameter(form, required) as m (matchers));
begin
  if until < since then
    perform _noetl.raise_parameter('end', 'end timestamp must not be before start time');
  elsif cardinality(selectors) = 1 then
    return query select l.* from _noetl.select_lines(selectors[1], since, until) as l;
  elsif selectors = '{}' then
    return query select l.line_id, l.name, l.labels from _noetl.line as l where l.first_at <= until and l.last_at >= since;
  else
    return query
      select distinct on (l.line_id) l.*
      from unnest(selectors) as s (matchers)
      cross join lateral _noetl.select_lines(s.matchers, since, until) as l
      order by l.line_id;
  end if;
end
$$;

comment on function _noetl.matched_line(jsonb, boolean) is
  'The lines that any selector of a form''s match[] matches and that may have samples from its start to its end; all without a selector, unless one is required.';
