create or replace function _noetl.tracking_function(queue _noetl.queue, library jsonb, place integer, operation text, role oid)
returns text
language sql
stable
parallel safe
begin atomic
  select format($sql$create or replace function _noetl_track.queue_%1$s_%2$s_%3$s()
returns trigger
language plpgsql
volatile
parallel unsafe
security definer
set search_path = pg_catalog, pg_temp
set timezone = 'UTC'
as %4$L;
comment on function _noetl_track.queue_%1$s_%2$s_%3$s() is %5$L;
revoke all on function _noetl_track.queue_%1$s_%2$s_%3$s() from public$sql$,
    (queue).queue_id,
    place,
    operation,
    case
      when s.state is null then _noetl.tracking_fault(queue, '''other tables are to be tracked''', true)
      when operation <> 'truncate' and role is not null then _noetl.foreign_tracking_body((queue).queue_id, c.changed, c.ended)
      when operation <> 'truncate' then _noetl.tracking_body((queue).queue_id, c.changed, c.ended)
      when _noetl.is_single_table(library) then format(e'begin\n  perform _noetl.forget_jobs(%s);\n  return null;\nend', (queue).queue_id)
      else _noetl.tracking_fault(queue, 'tg_relid::regclass || '' was truncated''', false)
    end,
    format('Appends by how much one %s of %s changed queue %s. It has its owner''s rights, so that whoever may write jobs needs no others.',
      operation, s.relation, (queue).name))
  from _noetl.tracking_source(library) as s
  cross join lateral (select
    concat_ws(e'\nunion all\n',
      case when operation <> 'insert' then _noetl.classified_rows('old_jobs', s.state, s.member, s.due, -1) end,
      case when operation <> 'delete' then _noetl.classified_rows('new_jobs', s.state, s.member, s.due, 1) end) as changed,
    case when jsonb_typeof(s.ended -> operation) = 'object' then _noetl.ended_query(library, s.ended -> operation) end as ended
  ) as c
  where s.place = tracking_function.place;
end;

comment on function _noetl.tracking_function(_noetl.queue, jsonb, integer, text, oid) is
  'The trigger function that tracks one operation (insert, update, delete, truncate) on one of a queue''s tables, the place of which in its library says which, as text. role: with whose rights it reads the rows, see _noetl.reading_role().';
