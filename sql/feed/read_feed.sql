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
-- also of a small table: it may be looked into hundreds of times
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
set jit = off
as $$
#variable_conflict use_column
declare
  -- Series are looked up one by one where that takes less than reading all of them, which the planner cannot know.
  most bigint := greatest(250, (select c.reltuples from pg_class as c where c.oid = '_noetl.series'::regclass) / 16);
  few _noetl.feed_row[] := array(select u from _noetl.unread(most + 1) as u);
  held integer[] := array(select f.family_id from _noetl.quarantine as q join _noetl.family as f on f.name = q.family);
begin
  if cardinality(few) <= most then
    return query
    select u.series_id, s.canonical_id, s.family_id, s.metric_type, s.part, u.value, u.at, u.ordinal, u.metadata, u.reported, u.slot
    from unnest(few) as u
    cross join lateral (
      select s.canonical_id, s.family_id, s.metric_type, s.part
      from _noetl.series as s
      where s.series_id = u.series_id
      offset 0
    ) as s
    where s.family_id <> all (held);
  else
    return query
    select u.series_id, s.canonical_id, s.family_id, s.metric_type, s.part, u.value, u.at, u.ordinal, u.metadata, u.reported, u.slot
    from _noetl.unread(null) as u
    join _noetl.series as s using (series_id)
    where s.family_id <> all (held);
  end if;
  if exists (select from _noetl.pending_series) then
    return query
    with pending as materialized (
      -- of one that is new altogether _noetl.new_series() judges; a spelling of a series that is known counts, whatever is full
      select n.series_id, n.canonical_id, coalesce(f.family_id, p.family_id) as family_id, n.metric_type, n.part
      from _noetl.pending_sample as n
      left join _noetl.family as f on f.name = n.family and f.metric_type = n.metric_type
      left join _noetl.pending_families() as p on p.name = n.family and p.metric_type = n.metric_type and p.accepted
      where coalesce(f.family_id, p.family_id) <> all (held)
        and not exists (select from _noetl.series as known where known.series_id = n.series_id)
    ),
    unread as materialized (
      select * from _noetl.unread(null)
    )
    select u.series_id, s.canonical_id, s.family_id, s.metric_type, s.part, u.value, u.at, u.ordinal, u.metadata, u.reported, u.slot
    from unread as u
    join pending as s using (series_id);
  end if;
end
$$;

comment on function _noetl.read_feed() is
  'What the view _noetl.unfolded_sample shows. plpgsql keeps its plans for the session.';
