create or replace view _noetl.component_state as
select
  r.runtime_id,
  r.name,
  r.component_type,
  r.status,
  case
    when r.status = 'offline' and r.last_heartbeat >= r.updated_at then 'offline'
    when r.last_heartbeat is null then r.status
    when r.last_heartbeat < now() - _noetl.interval_setting('retention') then 'forgotten'
    when r.status = 'offline' or r.last_heartbeat < now() - coalesce(r.heartbeat_timeout, _noetl.interval_setting('heartbeat_timeout')) then 'lost'
    else r.status
  end as state,
  r.last_heartbeat,
  r.created_at
from noetl.runtime as r;

comment on view _noetl.component_state is 'One row is one component and its state by its heartbeat, swept or not.';
comment on column _noetl.component_state.state is
  'ready or busy: it beats, or never did; offline: it signed off; lost: it stopped beating without a word; forgotten: that was longer ago than the setting retention.';
