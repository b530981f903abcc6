create or replace function _noetl.grouping_labels(node jsonb)
returns text
language sql
immutable
parallel safe
begin atomic
  select case
      when coalesce((node ->> 'without')::boolean, false) then 'null::text as name, g.key as labels'
      else format('%s as name, jsonb_strip_nulls(jsonb_build_object(%s)) as labels',
        coalesce(max(format('g.key[%s]', g.place)) filter (where g.label = '__name__'), 'null::text'),
        string_agg(format('%L, g.key[%s]', g.label, g.place), ', ') filter (where g.label <> '__name__'))
    end
  from jsonb_array_elements_text(node -> 'grouping') with ordinality as g (label, place);
end;

comment on function _noetl.grouping_labels(jsonb) is 'The SQL expressions of the name and the labels of an aggregation''s group g, from the key of _noetl.grouping_key().';
