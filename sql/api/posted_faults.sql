create or replace function _noetl.posted_faults(samples jsonb)
returns jsonb
language sql
stable
parallel safe
begin atomic
  select coalesce(jsonb_agg(_noetl.fault_entry(s.place - 1, f.fault) order by s.place), '[]')
  from jsonb_array_elements(samples) with ordinality as s (sample, place)
  cross join lateral (select _noetl.posted_fault(s.sample) as fault) as f
  where f.fault is not null;
end;

comment on function _noetl.posted_faults(jsonb) is 'Every sample of a batch that is wrong by itself: an array of {index, field, rule}.';
