create or replace view _noetl.unfolded_sample as
select
  r.spelling_id,
  r.series_id,
  r.family_id,
  r.metric_type,
  r.part,
  case when w.withdrawn then null else r.value end as value,
  r.at,
  r.ordinal,
  -- OpenMetrics has none elsewhere
  case when r.metadata ?| '{trace_id, exemplar_labels}' and r.metric_type in ('counter', 'histogram') then
    jsonb_build_object(
      'labels', _noetl.exemplar_labels(r.metadata),
      -- of a running total it is the measurement that counts
      'value', case when r.metadata @? '$.exemplar_value ? (@ > -1e300 && @ < 1e300)' then (r.metadata ->> 'exemplar_value')::double precision else r.value end,
      'at', case
        when r.metadata @? '$.exemplar_time ? (@ > 0 && @ < 253402300800)' then (r.metadata ->> 'exemplar_time')::numeric
        else extract(epoch from r.at)
      end)
  end as exemplar,
  r.reported,
  not r.reported and r.metric_type = 'counter' and not w.withdrawn as increment,
  r.slot
from _noetl.read_feed() as r
cross join lateral (
  -- most samples have no metadata at all
  select coalesce(r.metadata ? 'withdrawn', false) and (r.metric_type = 'gauge' or not r.reported and r.part <> 'o' and r.value = 'NaN') as withdrawn
) as w;

comment on view _noetl.unfolded_sample is 'One row is one sample or event not folded yet, with what its series makes of it.';
comment on column _noetl.unfolded_sample.value is 'Null: it has been withdrawn from the page.';
comment on column _noetl.unfolded_sample.increment is 'True: value adds to a counter; false: it replaces one or is observed.';
