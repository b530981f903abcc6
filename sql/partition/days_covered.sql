create or replace function _noetl.days_covered(at timestamptz)
returns integer
language sql
stable
parallel safe
begin atomic
  select coalesce(max(c.place), 0)::integer
  from (
    select _noetl.utc_day(p.lower_bound) as day, row_number() over (order by p.lower_bound) as place
    from _noetl.any_partition as p
    where p.level = 'raw' and p.lower_bound > at
  ) as c
  where c.day = _noetl.utc_day(at) + c.place::integer;
end;

comment on function _noetl.days_covered(timestamptz) is 'How many days after the UTC day of a moment have a partition, one after the other.';
