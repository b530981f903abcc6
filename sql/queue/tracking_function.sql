create or replace function _noetl.tracking_function(queue _noetl.queue, operation text)
returns text
language sql
stable
parallel safe
begin atomic
  select format($sql$create or replace function _noetl_track.queue_%1$s_%2$s()
returns trigger
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
as $body$
begin
%3$s
  return null;
end
$body$;
comment on function _noetl_track.queue_%1$s_%2$s() is %4$L;
revoke all on function _noetl_track.queue_%1$s_%2$s() from public$sql$,
    (queue).queue_id,
    operation,
    case
      when operation = 'truncate' then format('  perform _noetl.forget_jobs(%s);', (queue).queue_id)
      else format($insert$  insert into _noetl.queue_change (queue_id, class, member, due, jobs)
  select %s, c.class, c.member, c.due, sum(c.jobs)
  from (
%s
  ) as c
  group by c.class, c.member, c.due
  having sum(c.jobs) <> 0;$insert$,
        (queue).queue_id,
        concat_ws(e'\nunion all\n',
          case when operation <> 'insert' then _noetl.classified_rows(queue, 'old_jobs', -1) end,
          case when operation <> 'delete' then _noetl.classified_rows(queue, 'new_jobs', 1) end))
    end,
    format('Appends by how much one %s changed queue %s. It has its owner''s rights, so that whoever may write jobs needs no others.', operation, (queue).name));
end;

comment on function _noetl.tracking_function(_noetl.queue, text) is
  'The trigger function that tracks one operation (insert, update, delete, truncate) on a queue''s table, as text.';
