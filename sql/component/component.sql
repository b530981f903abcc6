create or replace view noetl.component as
select c.runtime_id, c.name, c.component_type, c.state, c.created_at as registered_at, c.last_heartbeat,
  extract(epoch from now() - c.last_heartbeat)::double precision as silent_seconds,
  (select count(*) from _noetl.series as s where s.runtime_id = c.runtime_id and s.series_id = s.canonical_id and s.retired_at is null) as series
from _noetl.component_state as c;

comment on view noetl.component is
  'One row is one component that has ever registered: who is there, since when, and how many series it has. state: ready or busy: it beats, or never promised to; offline: it signed off; lost: it stopped beating without a word; forgotten: long ago.';
comment on column noetl.component.registered_at is 'When it registered first; returning keeps its id and this.';
comment on column noetl.component.last_heartbeat is 'Null: it never promised to beat, and is never taken for lost.';
comment on column noetl.component.silent_seconds is 'Seconds since the last heartbeat.';
