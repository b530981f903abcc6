create or replace function _noetl.unread_since(
  seen pg_snapshot, touched_then integer[], known text, out touched integer[], out renewed integer[], out unread text, out unread_then text)
returns record
language plpgsql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
-- looked up one by one, which takes no longer than to read the feed
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
as $$
declare
  series_ids bigint[];
  newer_ids bigint[];
begin
  -- to be asked costs half of what reading nothing does
  if _noetl.is_folded() then
    unread := '0/';
    unread_then := unread;
    return;
  end if;

  select
    array_agg(r.series_id),
    array_agg(r.series_id) filter (where not r.was_there),
    format('%s/%s', count(*), sum(r.written_by)),
    format('%s/%s', count(*) filter (where r.was_there), sum(r.written_by) filter (where r.was_there))
  into series_ids, newer_ids, unread, unread_then
  from (
    select u.series_id, u.written_by::text::bigint as written_by, coalesce(pg_visible_in_snapshot(u.xid, seen), false) as was_there
    from _noetl.unread(null) as u
  ) as r;

  if exists (select from _noetl.pending_series) then
    touched := array(
      select s.family_id from _noetl.series as s where s.series_id = any (series_ids)
      union
      select n.family_id from _noetl.new_series() as n);
    renewed := touched;
    unread := unread || '/new'; -- as which no page after this may take them for known
  elsif series_ids is null then
    return;
  elsif unread = known and unread_then = known then
    touched := touched_then;
    renewed := '{}';
  else
    touched := array(select distinct s.family_id from _noetl.series as s where s.series_id = any (series_ids));
    renewed := case when newer_ids = series_ids then touched
      else array(select distinct s.family_id from _noetl.series as s where s.series_id = any (newer_ids)) end;
  end if;
end
$$;

comment on function _noetl.unread_since(pg_snapshot, integer[], text) is
  'What the fold has not read yet. touched: its families, pending ones included; null: there is nothing. renewed: those of them in which that snapshot did not see everything. unread: how many rows, and the sum of who wrote them, and whether there are pending ones; unread_then: the same of those rows that the snapshot saw, which is what unread was then unless one has been folded, changed or deleted since. touched_then and known: touched and unread of that snapshot, which spare looking every series up again; null: they are not known.';
