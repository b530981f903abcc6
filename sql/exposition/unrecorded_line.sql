create or replace view _noetl.unrecorded_line as
with unseen as materialized (
  select f.family_id, f.name, f.metric_type, f.buckets
  from _noetl.family as f
  where f.starts_at_zero
    and f.first_series_at is null
    and f.family_id not in (select n.family_id from _noetl.new_series() as n)
)
select u.family_id, '' as page_labels, 1 as rank, b.bound, _noetl.page_prefix(u.name || '_bucket', '', 'b', b.bound) as prefix, 0::double precision as value,
  null::timestamptz as stale_at
from unseen as u
cross join lateral unnest(u.buckets || 'Infinity'::double precision) as b (bound)
where u.metric_type = 'histogram'
union all
select u.family_id, '', r.rank, null, u.name || r.ending, 0, null
from unseen as u
cross join (values (2, '_sum'), (3, '_count')) as r (rank, ending)
where u.metric_type in ('histogram', 'summary')
union all
select u.family_id, coalesce(g.page_labels, ''), 0, null, _noetl.page_prefix(u.name, coalesce(g.page_labels, ''), 'v', null), coalesce(g.value, 0), g.stale_at
from unseen as u
left join _noetl.live_gauge as g using (name)
where u.metric_type in ('counter', 'gauge') and (g.name is null or g.value is not null);

comment on view _noetl.unrecorded_line is
  'One row is one line of a family that starts at zero and of which nothing was ever recorded. With its first series a family has only what was recorded: a gauge that went stale is absent, not 0.';
comment on column _noetl.unrecorded_line.stale_at is 'Until when it stays as it is if nobody commits anything; null: for good.';
