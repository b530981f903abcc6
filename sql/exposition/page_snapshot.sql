create or replace function _noetl.page_snapshot()
returns pg_snapshot
language sql
stable
parallel restricted
return case
  -- a standby does not list what runs on the primary: nothing from the oldest of it on counts as seen
  when pg_is_in_recovery() then format('%1$s:%1$s:', pg_snapshot_xmin(pg_current_snapshot()))::pg_snapshot
  when pg_current_xact_id_if_assigned() is null then pg_current_snapshot()
  else _noetl.snapshot_without_me()
end;

comment on function _noetl.page_snapshot() is 'What a page that is read now has surely seen.';
