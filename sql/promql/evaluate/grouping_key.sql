create or replace function _noetl.grouping_key(node jsonb)
returns text
language sql
immutable
parallel safe
begin atomic
  select case
      when coalesce((node ->> 'without')::boolean, false) then format('(c.labels - %L::text[])', coalesce(array_agg(g.label), '{}'))
      else format('array[%s]::text[]', string_agg(case g.label when '__name__' then 'c.name' else format('c.labels ->> %L', g.label) end, ', '))
    end
  from jsonb_array_elements_text(node -> 'grouping') as g (label);
end;

comment on function _noetl.grouping_key(jsonb) is 'The SQL expression, of a series c, that is equal for those series that an aggregation puts into one group.';
