create or replace view _noetl.feed_row as
select
  m.series_id, m.metric_value as value, m."timestamp" as at, m.metric_id as ordinal, m.metadata,
  true as reported, null::smallint as slot, m.xid, m.xmin as written_by
from noetl.metric as m
union all
select
  e.series_id, e.value, e.at, 0, e.metadata,
  false, e.slot, e.xid, e.xmin
from _noetl.event as e;

comment on view _noetl.feed_row is 'One row is one sample or event that is committed, folded or not.';
comment on column _noetl.feed_row.reported is 'True: a row of noetl.metric; false: an event, so that a counter''s value is an increment.';
comment on column _noetl.feed_row.written_by is 'The transaction that wrote this copy of the row, as the server has it; xid is that of the first, also after a restore.';
