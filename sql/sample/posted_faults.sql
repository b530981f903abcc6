create or replace function _noetl.posted_faults(samples jsonb, component bigint)
returns jsonb
language sql
stable
parallel safe
begin atomic
  select coalesce(jsonb_agg(_noetl.fault_entry(s.place - 1, f.fault) order by s.place), '[]')
  from _noetl.posted_sample(samples, component) as s
  cross join (select l from _noetl.intake_limit as l offset 0) as most
  cross join lateral (
    select coalesce(_noetl.posted_fault(s.sample, s.is_known), _noetl.posted_limit_fault(s.sample, s.is_known, most.l)) as fault
  ) as f
  where f.fault is not null;
end;

comment on function _noetl.posted_faults(jsonb, bigint) is 'Every sample of a batch that is wrong by itself: an array of {index, field, rule}.';
