create or replace function _noetl.is_tracked(queue _noetl.queue)
returns boolean
language sql
stable
parallel safe
security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select exists (
    select from _noetl.queue_tracking as t
    where t.queue_id = (queue).queue_id
      and t.counted_at is not null
      and t.relation = to_regclass((queue).relation)
      and to_regproc(format('_noetl_track.queue_%s_read', (queue).queue_id)) is not null
      and 4 = (
        select count(*)
        from pg_trigger as g
        where g.tgrelid = t.relation and g.tgenabled in ('O', 'A')
          and g.tgfoid in (
            select to_regproc(format('_noetl_track.queue_%s_%s', (queue).queue_id, o.operation))
            from unnest('{insert,update,delete,truncate}'::text[]) as o (operation))));
end;

comment on function _noetl.is_tracked(_noetl.queue) is
  'Whether a queue''s counts can be read from what its triggers kept. False as soon as one of them is gone or disabled, or the table was made anew: then the table is counted.';
