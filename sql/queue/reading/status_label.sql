create or replace function _noetl.status_label(statuses jsonb)
returns text
language sql
immutable
parallel safe
begin atomic
  select case jsonb_typeof(statuses)
    when 'array' then (select string_agg(e.status, ',' order by e.place) from jsonb_array_elements_text(statuses) with ordinality as e (status, place))
    else statuses #>> '{}'
  end;
end;

comment on function _noetl.status_label(jsonb) is 'What the prefixed metrics of a queue call the jobs of a status, or of several: with commas between them; null: none was named.';
