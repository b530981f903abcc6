create or replace function _noetl.is_unread(level text, partition regclass, upper_bound timestamptz)
returns boolean
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set enable_seqscan = off
set jit = off
as $$
declare
  unread boolean;
begin
  if level = 'raw' then
    execute format(
      'select exists (
         select from %s as m
         where (m.xid >= (select w.since from _noetl.feed_window as w) or m.xid = any ((select w.open from _noetl.feed_window as w)::xid8[]))
           and _noetl.is_unfolded(m.xid, m.xmin, (select w from _noetl.feed_window as w)))', partition)
    into unread;
    return unread;
  end if;
  return exists (
    select from _noetl.rollup_progress as p
    where p.level = case is_unread.level when '1m' then 3600 when '1h' then 86400 end and p.closed_until < upper_bound);
end
$$;

comment on function _noetl.is_unread(text, regclass, timestamptz) is
  'Whether something in a partition has not been folded, or not been rolled up into the next level, so that it must stay.';
