create or replace function _noetl.fold_unread()
returns bigint
language plpgsql
volatile
parallel unsafe
set search_path = pg_catalog, pg_temp
as $$
declare
  rejected jsonb;
begin
  select coalesce(jsonb_object_agg(m.spelling_id, m.family), '{}') into rejected from _noetl.merge_pending_series() as m;
  if rejected <> '{}' then
    perform _noetl.drop_rejected(rejected);
  end if;
  perform _noetl.count_samples();
  return _noetl.fold_samples();
end
$$;

comment on function _noetl.fold_unread() is
  'Merges what is pending and adds what is unread to the totals; returns how many series changed. Called by the fold alone.';
