create or replace function noetl.delete_push_group(group_labels jsonb)
returns boolean
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  group_id bigint;
begin
  perform _noetl.check_grouping(group_labels);
  perform _noetl.lock_push(group_labels);
  group_id := _noetl.push_group_id(group_labels);
  perform _noetl.take_off(p.series_ids) from _noetl.pushed_family as p where p.runtime_id = group_id;
  perform _noetl.forget_help(array(select p.name from _noetl.pushed_family as p where p.runtime_id = group_id), group_id);
  update noetl.runtime as r set status = 'offline', updated_at = clock_timestamp() where r.runtime_id = group_id and r.status <> 'offline';
  delete from _noetl.push_group as g where g.runtime_id = group_id;
  return found;
end
$$;

comment on function noetl.delete_push_group(jsonb) is
  'Takes a pushed group off the page; false: it was not there. What it had stored stays in noetl.metric and its history.';
