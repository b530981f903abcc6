create or replace view _noetl.unfolded_sample as
select
  r.spelling_id,
  r.series_id,
  r.family_id,
  r.metric_type,
  r.part,
  case when r.metric_type = 'gauge' and r.metadata ? 'withdrawn' then null else r.value end as value,
  r.at,
  r.ordinal,
  case when r.metadata ? 'trace_id' then
    jsonb_build_object(
      'labels', jsonb_strip_nulls(jsonb_build_object('trace_id', r.metadata ->> 'trace_id', 'span_id', r.metadata ->> 'span_id')),
      'value', r.value, 'at', extract(epoch from r.at))
  end as exemplar,
  r.reported,
  not r.reported and r.metric_type = 'counter' as increment,
  r.slot
from _noetl.read_feed() as r;

comment on view _noetl.unfolded_sample is 'One row is one sample or event not folded yet, with what its series makes of it.';
comment on column _noetl.unfolded_sample.value is 'Null: the gauge has been withdrawn.';
comment on column _noetl.unfolded_sample.increment is 'True: value adds to a counter; false: it replaces one or is observed.';
