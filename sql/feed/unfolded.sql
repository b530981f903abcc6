create or replace view _noetl.unfolded as
select
  m.series_id, m.metric_value as value, m."timestamp" as at, m.metric_id as ordinal, m.metadata,
  true as reported, null::smallint as slot
from noetl.metric as m
where (m.xid >= (select w.since from _noetl.feed_window as w) or m.xid = any ((select w.open from _noetl.feed_window as w)::xid8[]))
  and _noetl.is_unfolded(m.xid, m.xmin, (select w from _noetl.feed_window as w))
union all
select
  e.series_id, e.value, e.at, 0, e.metadata,
  false, e.slot
from _noetl.event as e
where (e.xid >= (select w.since from _noetl.feed_window as w) or e.xid = any ((select w.open from _noetl.feed_window as w)::xid8[]))
  and _noetl.is_unfolded(e.xid, e.xmin, (select w from _noetl.feed_window as w));

comment on view _noetl.unfolded is 'One row is one sample or event that is committed and that no fold has read yet.';
comment on column _noetl.unfolded.reported is 'True: a row of noetl.metric; false: an event, so that a counter''s value is an increment.';
