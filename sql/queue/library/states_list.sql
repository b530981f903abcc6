create or replace function _noetl.states_list(relation regclass, name text, wanted text[])
returns text
language sql
stable
parallel safe
begin atomic
  select string_agg(quote_literal(w.state), ', ' order by w.place)
  from pg_attribute as a
  cross join unnest(wanted) with ordinality as w (state, place)
  where a.attrelid = relation and a.attname = states_list.name
    and (
      not exists (select from pg_enum as e where e.enumtypid = a.atttypid)
      or exists (select from pg_enum as e where e.enumtypid = a.atttypid and e.enumlabel = w.state));
end;

comment on function _noetl.states_list(regclass, text, text[]) is
  'The wanted states as a list of literals, without those that the enum of this version does not have.';
