create or replace function _noetl.record_run(step text, started_at timestamptz, done text[], left_over text[])
returns void
language sql
volatile
parallel unsafe
begin atomic
  insert into _noetl.maintenance_run as r (step, started_at, duration_seconds, done, left_over)
  values (step, started_at, extract(epoch from clock_timestamp() - started_at), done, left_over)
  on conflict on constraint maintenance_run_pkey do update set
    started_at = excluded.started_at,
    duration_seconds = excluded.duration_seconds,
    done = excluded.done,
    left_over = excluded.left_over;
end;

comment on function _noetl.record_run(text, timestamptz, text[], text[]) is 'Writes down that a step of maintenance has run, and what came of it.';
