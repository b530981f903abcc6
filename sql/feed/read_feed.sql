create or replace function _noetl.read_feed()
returns table (
  spelling_id bigint,
  series_id bigint,
  family_id integer,
  metric_type text,
  part "char",
  value double precision,
  at timestamptz,
  ordinal bigint,
  metadata jsonb,
  reported boolean,
  slot smallint
)
language plpgsql
stable
parallel safe
security definer
rows 100
set search_path = pg_catalog, pg_temp
-- The unread end of the tables is small, which the planner cannot know from a snapshot: the index on xid always serves it.
set enable_seqscan = off
-- Before PostgreSQL 18 that makes a plan look too dear not to compile.
set jit = off
-- And in any version dear enough for parallel workers: the more partitions the sooner, and starting them takes longer than to read.
set max_parallel_workers_per_gather = 0
as $$
#variable_conflict use_column
begin
  return query
  select u.series_id, s.canonical_id, s.family_id, s.metric_type, s.part, u.value, u.at, u.ordinal, u.metadata, u.reported, u.slot
  from _noetl.unfolded as u
  join _noetl.series as s using (series_id);
  if exists (select from _noetl.sighting) then
    return query
    with sighted as materialized (
      select * from _noetl.sighted_identity as i where i.rejection is null
    ),
    unread as materialized (
      select * from _noetl.unfolded as u
    )
    select u.series_id, s.canonical_id, s.family_id, s.metric_type, s.part, u.value, u.at, u.ordinal, u.metadata, u.reported, u.slot
    from unread as u
    join sighted as s using (series_id);
  end if;
end
$$;

comment on function _noetl.read_feed() is
  'What the view _noetl.unfolded_sample shows. plpgsql keeps its plan, over every partition and slot, for the session.';
