create or replace function _noetl.days_needed(at timestamptz)
returns date[]
language sql
stable
parallel safe
begin atomic
  select array_agg(_noetl.utc_day(at) + d order by d)
  from generate_series(-1, _noetl.integer_setting('partitions_ahead')) as d;
end;

comment on function _noetl.days_needed(timestamptz) is 'The UTC days that need a partition: yesterday, today and those of the setting partitions_ahead.';
