create or replace function _noetl.matched_exactly(matchers jsonb)
returns jsonb
language sql
immutable
parallel safe
begin atomic
  select coalesce(jsonb_object_agg(l.name, l.value), '{}')
  from (
    select m.matcher ->> 'name' as name, min(m.matcher ->> 'value') as value
    from jsonb_array_elements(matchers) as m (matcher)
    where m.matcher ->> 'name' <> '__name__'
    group by 1
    having count(*) = 1 and bool_and(m.matcher ->> 'type' = '=') and min(m.matcher ->> 'value') <> ''
  ) as l;
end;

comment on function _noetl.matched_exactly(jsonb) is 'The labels that the matchers of a selector fix: each by one matcher, with "=".';
