create or replace function _noetl.line_condition(matchers jsonb)
returns text
language sql
immutable
parallel safe
begin atomic
  select string_agg(case
      when m.type = '=' and m.name <> '__name__' and m.value <> '' then format('l.labels @> %L', jsonb_build_object(m.name, m.value))
      when m.type = '=' then format('%s = %L', v.value, m.value)
      when m.type = '!=' then format('%s <> %L', v.value, m.value)
      -- what needs no regular expression is done without
      when m.value = '.*' then case m.type when '=~' then 'true' else 'false' end
      when m.value = '.+' then format('%s %s ''''', v.value, case m.type when '=~' then '<>' else '=' end)
      when m.value ~ '^[A-Za-z0-9_:/ -]+(?:\|[A-Za-z0-9_:/ -]+)*$'
        then format('%s %s (%L)', v.value, case m.type when '=~' then '= any' else '<> all' end, string_to_array(m.value, '|'))
      else format('%s %s %L', v.value, case m.type when '=~' then '~' else '!~' end, _noetl.re2(m.value))
    end, ' and ' order by m.type not in ('=', '!='), m.name)
  from jsonb_to_recordset(matchers) as m (name text, type text, value text)
  cross join lateral (
    select case m.name when '__name__' then 'l.name' else format('coalesce(l.labels ->> %L, '''')', m.name) end as value) as v;
end;

comment on function _noetl.line_condition(jsonb) is
  'What must be true of a row l of _noetl.line that all of these matchers match, [{"name", "type": = != =~ !~, "value"}], as SQL; null: there are none.';
