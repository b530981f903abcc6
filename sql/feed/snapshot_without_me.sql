create or replace function _noetl.snapshot_without_me()
returns pg_snapshot
language sql
stable
parallel restricted
begin atomic
  select case
    when own.xid >= pg_snapshot_xmax(s) or own.xid is null then s
    else (
      select format('%s:%s:%s', least(pg_snapshot_xmin(s), own.xid), pg_snapshot_xmax(s), string_agg(open.xid::text, ',' order by open.xid))
      from (select pg_snapshot_xip(s) as xid union select own.xid) as open
    )::pg_snapshot
  end
  from pg_current_snapshot() as s, pg_current_xact_id_if_assigned() as own (xid);
end;

comment on function _noetl.snapshot_without_me() is
  'The current snapshot with the calling transaction counted as still open: it may go on to write rows with its id.';
