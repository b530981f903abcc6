create or replace function _noetl.count_samples()
returns void
language sql
volatile
parallel unsafe
begin atomic
  insert into _noetl.component_hour as h (runtime_id, hour, samples, last_at)
  select s.runtime_id, date_trunc('hour', now()), count(*), max(u.at)
  from _noetl.unread(null) as u
  join _noetl.series as s using (series_id)
  where u.reported
  group by s.runtime_id
  on conflict (runtime_id, hour) do update set samples = h.samples + excluded.samples, last_at = greatest(h.last_at, excluded.last_at);
  delete from _noetl.component_hour as h
  where h.hour < date_trunc('hour', now() - _noetl.interval_setting('retention'));
end;

comment on function _noetl.count_samples() is 'Counts the unfolded samples of each component in the hour that is now. Called by the fold alone.';
