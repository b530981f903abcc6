create or replace function _noetl.matches_all(matchers jsonb)
returns boolean
language sql
immutable
parallel safe
begin atomic
  select coalesce(bool_and(case m.matcher ->> 'type'
    when '=' then m.matcher ->> 'value' = ''
    when '!=' then m.matcher ->> 'value' <> ''
    when '=~' then '' ~ _noetl.re2(m.matcher ->> 'value')
    else '' !~ _noetl.re2(m.matcher ->> 'value')
  end), true)
  from jsonb_array_elements(matchers) as m (matcher);
end;

comment on function _noetl.matches_all(jsonb) is 'Whether a series without labels would match all of a selector''s matchers: such a selector is refused, since it may select everything.';
