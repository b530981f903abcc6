create or replace function noetl.push_failed(group_labels jsonb)
returns timestamptz
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
set extra_float_digits = 1
as $$
declare
  group_id bigint;
begin
  perform _noetl.check_grouping(group_labels);
  perform _noetl.lock_push(group_labels);
  group_id := _noetl.open_push_group(group_labels);
  insert into _noetl.push_group as g (runtime_id, failed_at)
  values (group_id, clock_timestamp())
  on conflict on constraint push_group_pkey do update set failed_at = excluded.failed_at;
  perform _noetl.write_push(array(select t from _noetl.push_times(group_id) as t), group_id, false);
  return (select g.failed_at from _noetl.push_group as g where g.runtime_id = group_id);
end
$$;

comment on function noetl.push_failed(jsonb) is
  'Says on the page, as push_failure_time_seconds, that a push of this group was refused; returns when. To be called in a transaction of its own after noetl.push_metrics() ended in the error 22023.';
