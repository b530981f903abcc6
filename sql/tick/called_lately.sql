create or replace function _noetl.called_lately(at timestamptz default clock_timestamp())
returns text
language sql
stable
parallel safe
begin atomic
  -- pg_cron of Debian begins once a minute
  select format('noetl.tick() is called by %s, the last time %s s ago', coalesce(s.called_by, 'somebody'), round(extract(epoch from at - s.called_at)))
  from _noetl.collector_schedule as s
  where s.called_at between at - interval '90 seconds' and at;
end;

comment on function _noetl.called_lately(timestamptz) is
  'Who keeps the schedule without a server, by calling noetl.tick(), in words; null: nobody has begun a tick for 90 seconds.';
