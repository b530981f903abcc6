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
      -- without the object exemplar_labels where all of them would have more than the 128 characters that OpenMetrics allows
      'labels', (
        select case
          when (select sum(length(l.key) + length(l.value)) from jsonb_each_text(e.labels) as l) > 128 then e.ids
          else e.labels
        end
        from (
          select i.ids, i.ids || coalesce((
            select jsonb_object_agg(o.key, o.value)
            from jsonb_each_text(case jsonb_typeof(r.metadata -> 'exemplar_labels') when 'object' then r.metadata -> 'exemplar_labels' else '{}' end) as o
            where o.key ~ '^[a-zA-Z_][a-zA-Z0-9_]*$' and o.key not like '\_\_%' and o.value <> '' and not i.ids ? o.key), '{}') as labels
          from (select jsonb_strip_nulls(jsonb_build_object('trace_id', r.metadata ->> 'trace_id', 'span_id', r.metadata ->> 'span_id')) as ids) as i
        ) as e
      ),
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
