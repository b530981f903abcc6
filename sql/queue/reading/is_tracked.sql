create or replace function _noetl.is_tracked(queue _noetl.queue)
returns boolean
language plpgsql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
-- in plpgsql and with one plan for all a session plans it once: planning takes ten times as long as running it
set plan_cache_mode = force_generic_plan
as $$
begin
  return exists (
    select from _noetl.queue_tracking as t
    join _noetl.tracking_shape as s using (queue_id)
    where t.queue_id = (queue).queue_id
      and t.counted_at is not null
      and s.is_kept
      and not exists (select from _noetl.queue_fault as f where f.queue_id = t.queue_id));
end
$$;

comment on function _noetl.is_tracked(_noetl.queue) is
  'Whether a queue''s counts can be read from what its triggers kept. False from the moment one of them fails, is disabled or gone, a partition comes or goes, or a table is made anew: then the tables are counted, until noetl.renew_tracking() has seen to it.';
