create or replace function _noetl.matches(matchers jsonb, labels jsonb)
returns boolean
language sql
immutable
parallel safe
return not exists (
  select
  from jsonb_to_recordset(matchers) as m (name text, type text, value text)
  cross join lateral (select coalesce(labels ->> m.name, '') as value) as l
  where case m.type
    when '=' then l.value <> m.value
    when '!=' then l.value = m.value
    when '=~' then l.value !~ _noetl.re2(m.value)
    else l.value ~ _noetl.re2(m.value)
  end
);

comment on function _noetl.matches(jsonb, jsonb) is
  'Whether labels fit all matchers, [{"name", "type", "value"}, …]; a label that is absent is empty. No matchers: everything fits.';
