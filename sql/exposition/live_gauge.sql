create or replace view _noetl.live_gauge as
select 'noetl_components' as name, c.page_labels, c.value, false as ticks, c.stale_at
from (
  select
    coalesce('component_type="' || _noetl.escaped_label(c.component_type) || '",status="' || _noetl.escaped_label(c.state) || '"', '') as page_labels,
    nullif(count(c.runtime_id), 0)::double precision as value,
    min(c.stale_at) as stale_at
  from (values (true)) as once
  left join _noetl.component_state as c on c.runtime_id <> 0 and c.state <> 'forgotten'
  group by c.component_type, c.state
) as c
union all
select 'noetl_fold_age_seconds', '', extract(epoch from clock_timestamp() - (select f.folded_at from _noetl.feed as f))::double precision, true, null
union all
select 'noetl_samples_rejected_total', 'reason="' || r.reason || '"', r.samples::double precision, true, null
from _noetl.rejection as r
union all
select 'noetl_quarantined_families', '', (select count(*) from _noetl.quarantine)::double precision, false, null
union all
select 'noetl_quarantined_family', coalesce('metric="' || q.family || '"', ''), case when q.family is not null then 1 end, false, null
from (values (true)) as once
left join _noetl.quarantine as q on true
union all
select 'noetl_partition_coverage_ahead', '', _noetl.coverage_ahead()::double precision, false, date_trunc('day', now(), 'UTC') + interval '24 hours'
union all
select r.name, r.page_labels, r.value, false, null
from _noetl.rule_line as r;

comment on view _noetl.live_gauge is
  'One row is one line of a gauge, or of a counter that no sample carries, of the installation itself, measured now, or that a rule has left: true on the page also while nobody collects.';
comment on column _noetl.live_gauge.page_labels is 'As the page shows them.';
comment on column _noetl.live_gauge.value is 'Null: there is nothing to measure, so no line.';
comment on column _noetl.live_gauge.ticks is 'True: it is another at every moment.';
comment on column _noetl.live_gauge.stale_at is 'Until when one that does not tick stays as it is if nobody commits anything; null: for good.';
