create or replace function _noetl.is_unfolded(xid xid8, xmin xid, feed _noetl.feed_window)
returns boolean
language sql
immutable
parallel safe
return case
    when _noetl.is_native(xmin, (feed).born) and not (feed).native then true
    when _noetl.is_native(xmin, (feed).born) = (feed).native then xid >= (feed).read_until or xid = any ((feed).open)
    else false
  end
  and ((feed).fold_until is null or not _noetl.is_native(xmin, (feed).born) or pg_visible_in_snapshot(xid, (feed).fold_until));

comment on function _noetl.is_unfolded(xid8, xid, _noetl.feed_window) is
  'Whether no fold has read a row yet. Restored rows count once, in the first fold after the restore; their ids mean nothing afterwards.';
