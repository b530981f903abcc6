create or replace function _noetl.due_work(server bigint, last timestamptz, at timestamptz)
returns table (place bigint, kind text, name text, statement text, beat timestamptz, timeout integer)
language sql
stable
parallel safe
rows 20
begin atomic
  select row_number() over (order by w.kind like 'task%', w.took > 0.05, case when w.took <= 0.05 then w.every end, w.took), w.kind, w.name, w.statement, w.beat,
    ceil(extract(epoch from w.timeout) * 1000)::integer
  from (
    select case when c.probe is null then 'collector' else 'probe' end as kind, c.name, c.probe as statement, b.beat, c.every, c.timeout,
      coalesce(r.duration_seconds, 0) as took
    from noetl.collector as c
    cross join lateral (select _noetl.next_beat(c.every, at) - c.every as beat) as b
    left join _noetl.collector_run as r on r.name = c.name and r.runtime_id = coalesce(server, 0)
    where c.enabled and (c.probe is null) = (server is null)
      -- later than now: the clock has been set back
      and (r.started_at >= b.beat and r.started_at <= at) is not true
    union all
    select case when h.listed then 'tasks' else 'task' end, h.name, h.statement, b.beat, null::interval, h.timeout, h.place
    from _noetl.periodic_task as h
    cross join lateral (select _noetl.next_beat(h.every, at) - h.every as beat) as b
    where server is null and (last >= b.beat and last <= at) is not true
  ) as w;
end;

comment on function _noetl.due_work(bigint, timestamptz, timestamptz) is
  'What is due at a moment: collectors, or a server''s probes, that have not run since their last beat, those of short intervals first, which are the first to be late, but what took longer than 50 ms the last time after all others; then the periodic tasks of which a beat has passed since the last tick. statement: of a probe its name, of a task what to run. timeout: in milliseconds.';
