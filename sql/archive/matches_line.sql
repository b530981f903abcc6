create or replace function _noetl.matches_line(matchers jsonb, name text, labels jsonb)
returns boolean
language sql
immutable
parallel safe
begin atomic
  select coalesce(bool_and(case m.type
      when '=' then v.value = m.value
      when '!=' then v.value <> m.value
      when '=~' then v.value ~ ('^(?:' || m.value || ')$')
      when '!~' then v.value !~ ('^(?:' || m.value || ')$')
    end), false)
  from jsonb_to_recordset(matchers) as m (name text, type text, value text)
  cross join lateral (select case m.name when '__name__' then matches_line.name else coalesce(labels ->> m.name, '') end as value) as v;
end;

comment on function _noetl.matches_line(jsonb, text, jsonb) is
  'Whether a line matches all of these matchers, [{"name", "type": = != =~ !~, "value"}]; the name of its metric is __name__. No matcher matches nothing.';
