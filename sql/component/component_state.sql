create or replace view _noetl.component_state as
with usual as materialized (
  select _noetl.interval_setting('heartbeat_timeout') as heartbeat_timeout, _noetl.interval_setting('retention') as retention
)
select
  r.runtime_id,
  r.name,
  r.component_type,
  r.status,
  case
    when r.status = 'offline' or r.last_heartbeat is null then r.status
    when d.forgotten_at < now() then 'forgotten'
    when d.lost_at < now() then case when r.leaves_silently then 'offline' else 'lost' end
    else r.status
  end as state,
  r.last_heartbeat,
  r.created_at,
  case
    when r.status = 'offline' or d.forgotten_at < now() or d.lost_at < now() and r.leaves_silently then null
    when r.status = 'lost' or d.lost_at < now() then d.forgotten_at
    else least(d.lost_at, d.forgotten_at)
  end as stale_at
from noetl.runtime as r
cross join usual as u
cross join lateral (
  select
    r.last_heartbeat + coalesce(r.heartbeat_timeout, u.heartbeat_timeout) as lost_at,
    r.last_heartbeat + u.retention as forgotten_at
) as d;

comment on view _noetl.component_state is 'One row is one component and its state by its heartbeat, swept or not.';
comment on column _noetl.component_state.state is
  'ready or busy: it beats, or never promised to; offline: it signed off; lost: it stopped beating without a word; forgotten: that was longer ago than the setting retention.';
comment on column _noetl.component_state.stale_at is 'Until when it stays in this state if it says nothing; null: for good.';
