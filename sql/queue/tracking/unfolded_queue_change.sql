create or replace view _noetl.unfolded_queue_change as
select c.queue_id, c.state, c.member, c.due, c.jobs, c.slot
from _noetl.queue_change as c
-- the upper end is there for the planner, as in _noetl.unread()
where (c.xid >= (select w.since from _noetl.feed_window as w) and c.xid <= '18446744073709551615'
    or c.xid = any ((select w.open from _noetl.feed_window as w)::xid8[]))
  and _noetl.is_unfolded(c.xid, c.xmin, (select w from _noetl.feed_window as w));

comment on view _noetl.unfolded_queue_change is 'One row is one change of a tracked queue that is committed and that no fold has read yet.';
