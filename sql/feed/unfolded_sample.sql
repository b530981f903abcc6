create or replace view _noetl.unfolded_sample as
select
  u.series_id as spelling_id,
  s.canonical_id as series_id,
  s.family_id,
  s.metric_type,
  s.part,
  u.value,
  u.at,
  u.ordinal,
  case when u.metadata ? 'trace_id' then
    jsonb_build_object(
      'labels', jsonb_strip_nulls(jsonb_build_object('trace_id', u.metadata ->> 'trace_id', 'span_id', u.metadata ->> 'span_id')),
      'value', u.value, 'at', extract(epoch from u.at))
  end as exemplar,
  u.reported,
  not u.reported and s.metric_type = 'counter' as increment,
  u.xid,
  u.slot,
  u.written_by
from _noetl.unfolded as u
join _noetl.page_series as s using (series_id);

comment on view _noetl.unfolded_sample is 'One row is one sample or event not folded yet, with what its series makes of it.';
