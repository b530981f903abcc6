create or replace function _noetl.push_conflict(samples _noetl.pushed_sample[])
returns table (line bigint, family text, metric_type text, other_id integer, other_name text, other_type text)
language sql
stable
parallel safe
rows 1
begin atomic
  with pushed as materialized (
    select s.family, s.metric_type, min(s.line) as line from unnest(samples) as s group by s.family, s.metric_type
  ),
  claim as materialized (
    select p.*, claimed.name from pushed as p cross join lateral unnest(_noetl.family_names(p.family, p.metric_type, true)) as claimed (name)
  )
  select distinct c.line, c.family, c.metric_type, o.family_id, o.name, o.metric_type
  from claim as c
  join (
    select owned.name as claimed, f.family_id, f.name, f.metric_type
    from _noetl.claimed_name as owned
    join _noetl.family as f using (family_id)
    where owned.name in (select c.name from claim as c)
    union all
    select claimed.name, n.family_id, n.name, n.metric_type
    from _noetl.pending_families() as n
    cross join lateral unnest(_noetl.family_names(n.name, n.metric_type, _noetl.is_pushed(n.brought_by))) as claimed (name)
    where n.accepted
    union all
    select other.name, null, other.family, other.metric_type from claim as other
  ) as o on o.claimed = c.name
  where (o.name, o.metric_type) <> (c.family, c.metric_type)
  order by c.line, o.family_id;
end;

comment on function _noetl.push_conflict(_noetl.pushed_sample[]) is
  'One row is one family of a push and another one that has a name of it, or is known by another type. other_id: null: the other is in the same push; negative: it is only pending.';
