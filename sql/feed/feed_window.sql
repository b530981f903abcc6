create or replace view _noetl.feed_window as
select
  case when n.native then pg_snapshot_xmax(f.snapshot) else least(i.born, pg_snapshot_xmax(f.snapshot)) end as since,
  x.open,
  pg_snapshot_xmax(f.snapshot) as read_until,
  b.born,
  n.native,
  r.until as fold_until,
  coalesce(r.until::text = f.snapshot::text, false) as is_read
from _noetl.feed as f
cross join _noetl.incarnation as i
cross join lateral (
  select case when x.now - x.born < 2147483648 then (x.born % 4294967296)::bigint end as born
  from (select i.born::text::numeric as born, pg_snapshot_xmax(pg_current_snapshot())::text::numeric as now) as x
) as b
cross join lateral (select _noetl.is_native(f.xmin, b.born) as native) as n
left join _noetl.fold_run as r on true
cross join lateral (select coalesce(array_agg(x), '{}') as open from pg_snapshot_xip(f.snapshot) as x) as x;

comment on view _noetl.feed_window is
  'The one row says where to look for rows that the fold has not read: those of transactions that began since, or that were open then.';
comment on column _noetl.feed_window.born is 'The low 32 bits of _noetl.incarnation.born, for _noetl.is_native(); null from 2^31 transactions after it on.';
comment on column _noetl.feed_window.native is
  'False: the database was restored from a dump and nothing has been folded since. Restored rows then are judged by the snapshot restored with them, and all others are new.';
comment on column _noetl.feed_window.fold_until is
  'Inside a fold: the snapshot that it reads up to, so that each of its statements sees the same rows. Null elsewhere.';
comment on column _noetl.feed_window.is_read is 'True: a fold, or the scrape after it, has read everything up to there, so that nothing is left to it.';
