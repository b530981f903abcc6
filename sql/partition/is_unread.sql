create or replace function _noetl.is_unread(level text, partition regclass)
returns boolean
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
set enable_seqscan = off
set jit = off
as $$
declare
  feed _noetl.feed_window;
  unread boolean;
begin
  if level = 'raw' then
    -- asked once: whoever looks for rows by it would ask for each of its parts
    feed := (select w from _noetl.feed_window as w);
    execute format(
      'select exists (
         select from %s as m
         where (m.xid >= ($1).since or m.xid = any (($1).open)) and _noetl.is_unfolded(m.xid, m.xmin, $1))', partition)
    into unread
    using feed;
    return unread;
  end if;
  if level = 'full' and _noetl.is_thinned() then
    execute format('select exists (select from %s)', partition) into unread;
    return unread;
  end if;
  return false;
end
$$;

comment on function _noetl.is_unread(text, regclass) is
  'Whether something in a partition has not been folded or, in the archive, not been thinned, so that it must stay.';
