create or replace function _noetl.matched_labels(matching jsonb, many text, one text)
returns text
language sql
immutable
parallel safe
begin atomic
  with label as (
    select
      (select string_agg(format('%1$L, %2$s.labels -> %1$L', l.label, many), ', ') from jsonb_array_elements_text(matching -> 'labels') as l (label)) as kept,
      (select format('%L::text[]', array_agg(l.label)) from jsonb_array_elements_text(matching -> 'labels') as l (label) having count(*) > 0) as listed,
      (select string_agg(format('%1$L, %2$s.labels -> %1$L', l.label, one), ', ') from jsonb_array_elements_text(matching -> 'include') as l (label)) as included,
      (select format('%L::text[]', array_agg(l.label)) from jsonb_array_elements_text(matching -> 'include') as l (label)) as replaced
  )
  select case
      when matching ->> 'card' = 'one-to-one' and (matching ->> 'on')::boolean then format('jsonb_strip_nulls(jsonb_build_object(%s))', l.kept)
      when matching ->> 'card' = 'one-to-one' and l.listed is not null then format('%s.labels - %s', many, l.listed)
      when l.included is null then many || '.labels'
      else format('(%s.labels - %s) || jsonb_strip_nulls(jsonb_build_object(%s))', many, l.replaced, l.included)
    end
  from label as l;
end;

comment on function _noetl.matched_labels(jsonb, text, text) is
  'The SQL expression of the labels that the result of two matching series has: those of the series "many", less what on() or ignoring() takes away from a pair, and those that group_left() or group_right() takes from the series "one".';
