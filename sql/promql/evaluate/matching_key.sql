create or replace function _noetl.matching_key(matching jsonb, series text)
returns text
language sql
immutable
parallel safe
return case
  when coalesce((matching ->> 'on')::boolean, false) then format('array[%s]::text[]', (
    select string_agg(case when l.label = '__name__' then format('coalesce(%s.name, '''')', series) else format('coalesce(%s.labels ->> %L, '''')', series, l.label) end, ', ')
    from jsonb_array_elements_text(matching -> 'labels') as l (label)))
  when coalesce(matching -> 'labels', '[]') <> '[]' then format('(%s.labels - %L::text[])', series, (
    select array_agg(l.label) from jsonb_array_elements_text(matching -> 'labels') as l (label)))
  else format('%s.labels', series)
end;

comment on function _noetl.matching_key(jsonb, text) is
  'The SQL expression, of a relation of series, that is equal for those series that on() or ignoring() lets match.';
