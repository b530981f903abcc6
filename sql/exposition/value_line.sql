create or replace function _noetl.value_line(wanted integer[])
returns table (
  family_id integer,
  sort_key integer,
  prefix text,
  value double precision,
  exemplar jsonb,
  at timestamptz
)
language plpgsql
stable
parallel safe
rows 1000
set search_path = pg_catalog, pg_temp
-- what is unread is unknown to the planner, and reading it in a loop takes seconds where it is much
set enable_nestloop = off
as $$
#variable_conflict use_column
declare
  -- looked at for every line
  stale_before timestamptz := now() - _noetl.interval_setting('staleness');
  offline bigint[] := array(select r.runtime_id from noetl.runtime as r where r.status = 'offline');
  keeping bigint[] := array(select r.runtime_id from noetl.runtime as r where r.keeps_values);
begin
  return query
  with present as materialized (
    select
      v.family_id, v.metric_type, v.sort_key, v.shared, v.prefix, v.value, v.exemplar, v.at,
      case when v.metric_type <> 'counter' and v.runtime_id <> all (keeping) then v.at end as stale_from
    from _noetl.current_value as v
    where v.family_id = any (wanted)
      and v.part = 'v'
      and v.value is not null
      and _noetl.is_shown(v.runtime_id, v.at, v.metric_type <> 'counter', stale_before, offline, keeping)
  )
  select p.family_id, p.sort_key, p.prefix, p.value, p.exemplar, p.stale_from
  from present as p
  where not p.shared
  union all
  select
    p.family_id,
    min(p.sort_key),
    p.prefix,
    case
      when count(*) = 1 then min(p.value)
      when p.metric_type = 'counter' then sum(_noetl.summable(p.value))
      else case min(coalesce(f.aggregate, 'last')) -- not there yet: only pending
        when 'sum' then sum(_noetl.summable(p.value))
        when 'min' then min(p.value)
        when 'max' then max(p.value)
        when 'avg' then avg(_noetl.summable(p.value))
        else (array_agg(p.value order by p.at desc))[1]
      end
    end,
    (array_agg(p.exemplar order by p.at desc) filter (where p.exemplar is not null))[1],
    min(p.stale_from)
  from present as p
  left join _noetl.family as f using (family_id)
  where p.shared
  group by p.family_id, p.metric_type, p.prefix;
end
$$;

comment on function _noetl.value_line(integer[]) is
  'The lines of the counters and gauges of these families, folded or not; series that would write the same line become one. at: when the oldest gauge in it was measured; null: it cannot go stale. A function, so that its plan is kept for the session.';
