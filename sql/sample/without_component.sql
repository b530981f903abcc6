create or replace function _noetl.without_component(samples jsonb)
returns jsonb
language sql
immutable
parallel safe
return case
  when jsonb_typeof(samples) <> 'array' or not jsonb_path_exists(samples, '$[*].runtime_id') then samples
  else (
    select jsonb_agg(case jsonb_typeof(s.sample) when 'object' then s.sample - 'runtime_id' else s.sample end order by s.place)
    from jsonb_array_elements(samples) with ordinality as s (sample, place))
end;

comment on function _noetl.without_component(jsonb) is 'The samples of a report, which says once whose they are.';
