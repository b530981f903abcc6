create or replace view _noetl.live_gauge as
select 'noetl_components' as name, c.page_labels, c.value, c.stale_at
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
select 'noetl_fold_last_run_timestamp_seconds', '', extract(epoch from (select f.folded_at from _noetl.feed as f))::double precision, null
union all
select 'noetl_samples_rejected_total', 'reason="' || r.reason || '"', case when r.is_called then r.last_value else 0 end::double precision, null
from (
  select 'future', s.is_called, s.last_value from _noetl.rejected_future as s
  union all
  select 'time', s.is_called, s.last_value from _noetl.rejected_time as s
  union all
  select 'limit', s.is_called, s.last_value from _noetl.rejected_limit as s
  union all
  select 'invalid', s.is_called, s.last_value from _noetl.rejected_invalid as s
) as r (reason, is_called, last_value)
union all
select 'noetl_quarantined_families', '', (select count(*) from _noetl.quarantine)::double precision, null
union all
select 'noetl_quarantined_family', coalesce('metric="' || q.family || '"', ''), case when q.family is not null then 1 end, null
from (values (true)) as once
left join _noetl.quarantine as q on true
union all
select 'noetl_partition_coverage_ahead', '', a.days::double precision, date_trunc('day', now(), 'UTC') + interval '24 hours'
from (
  -- by name: reading the bounds of every partition, as noetl.health does, costs ten times as much, at every scrape
  with recursive ahead (days) as (
    select 0
    union all
    select a.days + 1
    from ahead as a
    where pg_partition_root(to_regclass('noetl.metric_' || to_char((now() at time zone 'UTC')::date + a.days + 1, 'YYYYMMDD'))) = 'noetl.metric'::regclass
  )
  select max(ahead.days) as days from ahead
) as a
union all
select s.name, _noetl.rendered_labels(s.labels), s.value, null
from _noetl.rule_sample as s
union all
-- a family that no rule has anything for just now
select n.name, '', null, null
from (select 'ALERTS' as name union select 'ALERTS_FOR_STATE' union select r.name from _noetl.recording_rule as r) as n
where not exists (select from _noetl.rule_sample as s where s.name = n.name);

comment on view _noetl.live_gauge is
  'One row is one line of a gauge, or of a counter that no sample carries, of the installation itself, measured now, or that a rule has left: true on the page also while nobody collects.';
comment on column _noetl.live_gauge.page_labels is 'As the page shows them.';
comment on column _noetl.live_gauge.value is 'Null: there is nothing to measure, so no line.';
comment on column _noetl.live_gauge.stale_at is 'Until when it stays as it is if nobody commits anything; null: for good.';
