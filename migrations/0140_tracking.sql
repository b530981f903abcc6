-- Queues of any kind are tracked: by several tables, partitioned ones, and past what their triggers cannot do.

-- What reads the column that goes is written anew right after this.
create or replace function _noetl.is_tracked(queue _noetl.queue)
returns boolean
language sql
stable
parallel safe
begin atomic
  select false;
end;

alter table _noetl.queue_tracking
  drop column relation,
  add column relations text[] not null default '{}',
  add column shape text,
  add column renewed_at timestamptz,
  add column renewal_seconds double precision,
  add column error text;

comment on column _noetl.queue_tracking.relations is 'The tables whose triggers keep the counts, without partitions. By name: a dump must load where they are missing.';
comment on column _noetl.queue_tracking.shape is
  'What the catalog said of these tables when the triggers were put there, as _noetl.tracking_shape() has it: anything else, and the counts are not read. Null: they are not there yet.';
comment on column _noetl.queue_tracking.renewed_at is 'When noetl.renew_tracking() last saw to it; null: never.';
comment on column _noetl.queue_tracking.renewal_seconds is 'How long that took, in seconds: the next one keeps away from a large table that much longer.';
comment on column _noetl.queue_tracking.error is 'Why that could not bring the counts back; null: it could.';

create table _noetl.queue_fault (
  queue_id integer not null,
  at timestamptz not null default clock_timestamp(),
  error text not null
);

comment on table _noetl.queue_fault is
  'One row is one statement whose effect on a tracked queue is unknown: its counts are not read until a recount that sees the row takes it away. Appended by triggers, so without a key that writers would wait for.';

create index queue_fault_queue on _noetl.queue_fault (queue_id);

create type _noetl.queue_delta as (class "char", member text, due timestamptz, jobs bigint);

comment on type _noetl.queue_delta is 'By how many jobs a statement changed a tracked queue: what a trigger is about to append to _noetl.queue_change.';

create type _noetl.tracking_source as (
  place integer,
  relation text,
  live text,
  class text,
  member text,
  due text,
  ended jsonb
);

comment on type _noetl.tracking_source is
  'One table that a tracked queue is kept in, as expressions over its row j: which rows count (live), their class (null: none), member and due as in _noetl.queue_change. Class null: a change of the table changes which tables there are. ended: how jobs end that leave no trace in a table, {"delete" or "update": query over old_jobs and new_jobs}; null: they leave one.';

comment on column _noetl.queue_change.class is
  'By its own row a job is q queued, t queued to be tried again, b blocked, s scheduled and y to be tried again until a leader makes it ready, r running with a lease, u without one, w for as long as its worker beats, x running for the last time and failed when due, f failed.';
comment on column _noetl.queue_change.member is
  'What the row names its queue by: a name, a key of another table or several of them as a JSON array. Reading resolves it, so that other tables need no triggers.';
comment on column _noetl.queue_change.due is
  'From when on the jobs count as ready (q, t), overdue (s, y), failed (x) or their lease as expired (r); -infinity: always, infinity: never.';
